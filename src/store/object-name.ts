import type { BigIntStats } from 'node:fs';
import { basename } from 'node:path';

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

const FORM = /^([0-9a-f]{64})\.(\d{1,16})\.(-?\d{1,20})\.(\d{1,20})$/;

/** Undefined for a name that is not an object's. */
export function parseObjectName(name: string): ObjectName | undefined {
  const [, sha256, size, mtimeNs, ino] = FORM.exec(name) ?? [];
  if (sha256 === undefined || size === undefined || mtimeNs === undefined || ino === undefined) {
    return undefined;
  }
  return { sha256, size: Number(size), mtimeNs, ino };
}

/** What was recorded of the object at this path when it was verified; undefined when it is no object's path. */
export function recordOfObject(path: string): ObjectName | undefined {
  return parseObjectName(basename(path));
}

/** What a file with these bytes is called in the store. */
export function formatObjectName(sha256: string, stats: BigIntStats): string {
  return `${sha256}.${stats.size}.${stats.mtimeNs}.${stats.ino}`;
}

/**
 * The folder of an object below `objects`, `00` to `3f`: the first six bits. Sixty-four folders keep a million objects
 * readable a folder at a time, and cost 10 ms to make where 256 cost 200 (ext4), which a store of one job would pay each time.
 */
export function objectFolder(sha256: string): string {
  return (Number.parseInt(sha256.slice(0, 2), 16) >> 2).toString(16).padStart(2, '0');
}

/** What comes from outside becomes part of a path only when it has this form. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
