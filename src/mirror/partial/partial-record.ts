import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import * as v from 'valibot';
import { writeFileAtomically } from '../../platform/files/temporary-file.ts';
import type { ByteRange } from './ranges.ts';

/** What is known of a partial file, kept beside it so that a killed run is gone on from. */
export interface PartialRecord {
  /** Path in the bucket; the partial file's own name is a digest of it. */
  path: string;
  /** Bytes of the complete file. */
  size: number;
  /** Which version of the file the bytes are of: its ETag or its Last-Modified. */
  validator: string;
  /** Which server sent the bytes, after redirects: the origin of its address. */
  origin: string;
  /** What is complete: sorted, without overlaps. */
  done: readonly ByteRange[];
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const schema = v.object({
  version: v.literal(1),
  bootedAt: v.number(),
  path: v.string(),
  size: count,
  validator: v.pipe(v.string(), v.minLength(1)),
  origin: v.string(),
  done: v.pipe(
    v.array(v.tuple([count, count])),
    v.check((ranges) =>
      ranges.every(([start, end], index) => start < end && start >= (ranges[index - 1]?.[1] ?? 0)),
    ),
  ),
});

/** Writes a record atomically. */
export function writePartialRecord(file: string, record: PartialRecord): void {
  const data: v.InferOutput<typeof schema> = {
    version: 1,
    bootedAt: bootTime(),
    path: record.path,
    size: record.size,
    validator: record.validator,
    origin: record.origin,
    done: record.done.map(({ start, end }) => [start, end]),
  };
  writeFileAtomically(file, JSON.stringify(data));
}

/**
 * The record, when it is of this file and can be relied upon. Undefined when there is none, it is torn or of another form,
 * or the machine was started since: the record may then be on the disk and the bytes that it vouches for not.
 */
export function readPartialRecord(
  file: string,
  path: string,
  size: number,
): PartialRecord | undefined {
  const parsed = v.safeParse(schema, readJson(file));
  if (!parsed.success) return undefined;
  const { bootedAt, done, validator, origin } = parsed.output;
  const last = done.at(-1)?.[1] ?? 0;
  const sameBoot = Math.abs(bootedAt - bootTime()) < 30;
  const sameFile = parsed.output.path === path && parsed.output.size === size;
  if (!sameBoot || !sameFile || last > size) return undefined;
  return { path, size, validator, origin, done: done.map(([start, end]) => ({ start, end })) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Missing or torn: the same to the caller, who begins anew.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** When this machine was started, in seconds since the epoch; a setting of the clock may move it by a little. */
function bootTime(): number {
  return Date.now() / 1000 - uptime();
}
