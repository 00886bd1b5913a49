import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TfcacheError } from '../../platform/error.ts';
import { fileError } from '../../platform/files/file-error.ts';
import { readPartialRecord, writePartialRecord } from './partial-record.ts';
import { addRange, type ByteRange, findMissingRanges } from './ranges.ts';

/** The folder in staging for what is not complete. No path of a bucket may begin with it. */
export const STAGING_PARTIAL_FOLDER = '@partial';

/** The record is written again after so many new bytes … */
const RECORD_BYTES = 16 * 1024 * 1024;
/** … or so many milliseconds. What came since the last time is fetched again after a kill. */
const RECORD_INTERVAL_MS = 200;

/** A file that is being received, in ranges and in any order, and what is known of it. */
export class PartialFile {
  readonly size: number;
  private readonly path: string;
  private readonly staging: string;
  private readonly data: string;
  private readonly recordFile: string;
  private handle: FileHandle | undefined;
  private done: readonly ByteRange[] = [];
  private knownValidator: string | undefined;
  private knownOrigin: string | undefined;
  private unrecorded = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Recording happens between writes; the next write tells that it failed. */
  private recordFailure: TfcacheError | undefined;

  /** Takes up what an earlier run left of it. Nothing is written before `begin`. */
  constructor(staging: string, path: string, size: number) {
    this.staging = staging;
    this.path = path;
    this.size = size;
    this.data = partialFilePath(staging, path);
    this.recordFile = `${this.data}.json`;
    const record = readPartialRecord(this.recordFile, path, size);
    const last = record?.done.at(-1)?.end ?? 0;
    if (record !== undefined && last > 0 && sizeOf(this.data) >= last) {
      this.done = record.done;
      this.knownValidator = record.validator;
      this.knownOrigin = record.origin;
    }
  }

  /** The version that the bytes here are of; undefined before the first answer. */
  get validator(): string | undefined {
    return this.knownValidator;
  }

  /** The origin of the server that sent the bytes here; undefined before the first answer. */
  get origin(): string | undefined {
    return this.knownOrigin;
  }

  get hasBytes(): boolean {
    return this.done.length > 0;
  }

  get missing(): ByteRange[] {
    return findMissingRanges(this.done, this.size);
  }

  /** @throws TfcacheError `no-space`, `failed` */
  async open(): Promise<void> {
    try {
      mkdirSync(dirname(this.data), { recursive: true });
      this.handle ??= await open(this.data, this.done.length > 0 ? 'r+' : 'w+', 0o600);
    } catch (error) {
      throw fileError('write a file into staging', this.data, error);
    }
  }

  /** @param origin of the server that sends the bytes, after redirects. */
  setVersion(validator: string | undefined, origin: string): void {
    this.knownValidator = validator;
    this.knownOrigin = origin;
  }

  /** Forgets every byte: they are of another version. */
  async clear(): Promise<void> {
    this.stopTimer();
    this.done = [];
    this.knownValidator = undefined;
    this.knownOrigin = undefined;
    rmSync(this.recordFile, { force: true });
    await this.handle?.truncate(0);
  }

  /** @throws TfcacheError `no-space`, `failed` */
  async write(buffers: readonly Buffer[], start: number): Promise<void> {
    const { handle } = this;
    if (handle === undefined) throw new Error('the partial file is not open');
    if (this.recordFailure !== undefined) throw this.recordFailure;
    let position = start;
    let rest = buffers;
    try {
      while (rest.length > 0) {
        const { bytesWritten } = await handle.writev(rest, position);
        position += bytesWritten;
        rest = dropBytes(rest, bytesWritten);
      }
    } catch (error) {
      throw fileError('write a file into staging', this.data, error);
    }
    this.done = addRange(this.done, { start, end: position });
    this.unrecorded += position - start;
    if (this.unrecorded >= RECORD_BYTES) this.record();
    else this.timer ??= setTimeout(() => this.record(), RECORD_INTERVAL_MS).unref();
  }

  /** There is no such file: leaves nothing behind. */
  async discard(): Promise<void> {
    await this.clear();
    await this.close();
    rmSync(this.data, { force: true });
  }

  /** Keeps what is here for a later try. */
  async closeForResume(): Promise<void> {
    this.record();
    await this.close();
  }

  /**
   * Puts the complete file in its place.
   * @param mtime whole seconds.
   * @throws TfcacheError `no-space`, `failed`
   */
  async complete(mtime: number | undefined): Promise<void> {
    const target = join(this.staging, this.path);
    this.stopTimer();
    try {
      if (mtime !== undefined) await this.handle?.utimes(mtime, mtime);
      await this.close();
      mkdirSync(dirname(target), { recursive: true });
      renameSync(this.data, target);
      rmSync(this.recordFile, { force: true });
    } catch (error) {
      throw fileError('put a file into staging', target, error);
    }
  }

  private record(): void {
    this.stopTimer();
    this.unrecorded = 0;
    // Without a validator nothing could tell later that the rest is of the same version.
    if (this.knownValidator === undefined || this.done.length === 0) return;
    const { path, size, done, knownOrigin: origin = '' } = this;
    try {
      writePartialRecord(this.recordFile, {
        path,
        size,
        done,
        origin,
        validator: this.knownValidator,
      });
    } catch (error) {
      this.recordFailure = fileError('write into staging', this.recordFile, error);
    }
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }
}

/** Where the bytes of a file are while it is not complete; it may have holes. */
export function partialFilePath(staging: string, path: string): string {
  return join(staging, STAGING_PARTIAL_FOLDER, createHash('sha256').update(path).digest('hex'));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function dropBytes(buffers: readonly Buffer[], count: number): Buffer[] {
  const rest: Buffer[] = [];
  let left = count;
  for (const buffer of buffers) {
    if (left < buffer.length) rest.push(buffer.subarray(left));
    left = Math.max(0, left - buffer.length);
  }
  return rest;
}
