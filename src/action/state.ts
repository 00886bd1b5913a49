import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as core from '@actions/core';
import * as v from 'valibot';
import type { CacheChoice } from '../inputs/inputs.ts';
import type { SaveWork } from '../pull/types.ts';

const NAME = 'tfcache';

/**
 * The runner hands state to post in the environment, where one variable may have 32,767 characters on Windows and 128 KiB on
 * Linux (execve(2), MAX_ARG_STRLEN); with more the post step cannot even start. Longer work goes to a file of the job.
 */
const MAX_INLINE_LENGTH = 16_384;

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const Work = v.object({
  version: v.literal(1),
  cache: v.custom<CacheChoice>(
    (value) => typeof value === 'string' && /^(github$|none$|s3:\/\/)/.test(value),
  ),
  cacheKeyPrefix: v.string(),
  timeout: v.optional(v.pipe(v.number(), v.minValue(0))),
  store: v.string(),
  files: v.array(
    v.object({
      bucket: v.string(),
      path: v.string(),
      size: v.pipe(v.number(), v.integer(), v.minValue(0)),
      mtime: v.optional(v.number()),
      etag: v.optional(v.string()),
      sha256: Sha256,
    }),
  ),
  offeredCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
  wasCacheDown: v.boolean(),
  artifacts: v.array(
    v.object({
      id: v.string(),
      files: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
      isComplete: v.boolean(),
    }),
  ),
  evicted: v.array(v.string()),
  poisoned: v.array(Sha256),
});

/** One value, versioned: the work itself, or the file that holds it and what it must hash to. */
const State = v.variant('kind', [
  v.object({ version: v.literal(1), kind: v.literal('inline'), work: Work }),
  v.object({ version: v.literal(1), kind: v.literal('file'), file: v.string(), sha256: Sha256 }),
]);

/** Leaves the work for the post step. `temporary` is the runner's own folder. */
export function saveState(work: SaveWork, temporary: string): void {
  const json = JSON.stringify(work);
  if (json.length <= MAX_INLINE_LENGTH) {
    core.saveState(NAME, { version: 1, kind: 'inline', work });
    return;
  }
  const file = join(temporary, 'tfcache', `state-${randomUUID()}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, json);
  core.saveState(NAME, { version: 1, kind: 'file', file, sha256: sha256(json) });
}

/** What the main step left; undefined when it left nothing to do. @throws Error when it cannot be read. */
export function loadState(): SaveWork | undefined {
  const text = core.getState(NAME);
  if (text === '') return undefined;
  const state = v.parse(State, JSON.parse(text));
  if (state.kind === 'inline') return state.work;
  const json = readFileSync(state.file, 'utf8');
  if (sha256(json) !== state.sha256) {
    throw new Error(`${state.file} is not what the main step wrote; nothing is saved from it.`);
  }
  return v.parse(Work, JSON.parse(json));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
