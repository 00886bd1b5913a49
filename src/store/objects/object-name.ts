import type { BigIntStats, Stats } from 'node:fs';
import { sep } from 'node:path';

/**
 * The name of an object, `SHA256.SIZE.MTIME-NS.INO`: what it must hold, and what the file system said of it when that was
 * verified. The record is the name, so one rename makes both: there is no moment at which one is there without the
 * other, and a name always means one file, so that nobody can quarantine or link another than was looked at.
 */
export interface ObjectName {
  sha256: string;
  /** Bytes. */
  size: number;
  /** Modification time, nanoseconds since the epoch, decimal. */
  mtimeNs: string;
  /** Inode number, decimal. */
  ino: string;
}

const DIGITS = /^-?\d{1,20}$/;
const FORM = /^([0-9a-f]{64})\.(\d{1,16})\.(-?\d{1,20})\.(\d{1,20})$/;

/** Undefined for a name that is not an object's. */
export function parseObjectName(name: string): ObjectName | undefined {
  const [, sha256, size, mtimeNs, ino] = FORM.exec(name) ?? [];
  if (sha256 === undefined || size === undefined || mtimeNs === undefined || ino === undefined) {
    return undefined;
  }
  return { sha256, size: Number(size), mtimeNs, ino };
}

/**
 * Whether a file has the size, inode and time that its name tells. Cheap, and right when it says so; a file system whose
 * numbers do not fit into doubles is told `false`, and must be asked with bigints.
 */
export function isSurelyUnchanged(stats: Stats, name: string): boolean {
  const time = name.indexOf('.', 65);
  const inode = name.indexOf('.', time + 1);
  return (
    stats.isFile() &&
    Number(name.slice(65, time)) === stats.size &&
    isSameTime(stats.mtimeMs, name.slice(time + 1, inode)) &&
    stats.ino < Number.MAX_SAFE_INTEGER &&
    Number(name.slice(inode + 1)) === stats.ino
  );
}

/** Whether a time as Node gives it in milliseconds is this one in nanoseconds, as far as a double tells: a quarter of a microsecond. */
export function isSameTime(milliseconds: number, nanoseconds: string): boolean {
  // As Node computes it (lib/internal/fs/utils.js, msFromTimeSpec), so that equal times give equal doubles.
  return (
    milliseconds ===
    Number(nanoseconds.slice(0, -9)) * 1000 + Number(nanoseconds.slice(-9)) / 1_000_000
  );
}

/** What was recorded of the object at this path when it was verified; undefined when it is no object's path. */
export function parseObjectTimes(path: string): Pick<ObjectName, 'mtimeNs' | 'ino'> | undefined {
  // Not taken apart by an expression: this is asked of each of a hundred thousand files.
  const digest = path.lastIndexOf(sep) + 1;
  const time = path.indexOf('.', digest + 65) + 1;
  const inode = path.indexOf('.', time) + 1;
  if (path[digest + 64] !== '.' || time === 0 || inode === 0) return undefined;
  const record = { mtimeNs: path.slice(time, inode - 1), ino: path.slice(inode) };
  return DIGITS.test(record.mtimeNs) && DIGITS.test(record.ino) ? record : undefined;
}

/** What a file with these bytes is called in the store. */
export function formatObjectName(sha256: string, stats: BigIntStats): string {
  return `${sha256}.${stats.size}.${stats.mtimeNs}.${stats.ino}`;
}

/**
 * The folder of an object below `objects` by its sha256 or its name, `00` to `3f`: the first six bits. Sixty-four folders keep a million objects
 * readable a folder at a time, and cost 10 ms to make where 256 cost 200 (ext4), which a store of one job would pay each time.
 */
export function objectFolder(sha256: string): string {
  return FOLDERS[objectFolderNumber(sha256)] ?? '';
}

/** The number of that folder, 0 to 63; another number for what cannot be a sha256. */
export function objectFolderNumber(sha256: string): number {
  return (hexDigit(sha256.charCodeAt(0)) << 2) | (hexDigit(sha256.charCodeAt(1)) >> 2);
}

const FOLDERS = Array.from({ length: 64 }, (_, number) => number.toString(16).padStart(2, '0'));

/** The value of one of `0` to `9`, `a` to `f`, by its code. */
function hexDigit(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** What comes from outside becomes part of a path only when it has this form. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
