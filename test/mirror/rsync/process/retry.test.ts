import { expect, test } from 'vitest';
import type { RetryAdvice } from '../../../../src/mirror/rsync/exit/exit-explanation.ts';
import { type AttemptResult, withRetries } from '../../../../src/mirror/rsync/process/retry.ts';
import { TfcacheError } from '../../../../src/platform/error.ts';
import { silentLog } from '../../../../src/platform/log.ts';

async function run(outcomes: (RetryAdvice | 'works')[], retries: number, signal?: AbortSignal) {
  const pauses: number[] = [];
  let tries = 0;
  const attempt = async (): Promise<AttemptResult<string>> => {
    const outcome = outcomes[tries++] ?? 'works';
    if (outcome === 'works') return { value: 'done' };
    return {
      failed: { error: new TfcacheError('connection-reset', `try ${tries}`), retry: outcome },
    };
  };
  const end = await withRetries(attempt, {
    retries,
    log: silentLog,
    signal,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds / 1000);
    },
  }).catch((error: Error) => error.message);
  return { end, tries, pauses };
}

test.each([
  [['works'], 2, { end: 'done', tries: 1, pauses: [] }],
  [['soon', 'works'], 2, { end: 'done', tries: 2, pauses: [3] }],
  [['soon', 'soon', 'soon'], 2, { end: 'try 3', tries: 3, pauses: [3, 12] }],
  [
    ['soon', 'soon', 'soon', 'soon', 'soon'],
    5,
    { end: 'done', tries: 6, pauses: [3, 12, 48, 60, 60] },
  ],
  [['soon'], 0, { end: 'try 1', tries: 1, pauses: [] }],
  [['no'], 5, { end: 'try 1', tries: 1, pauses: [] }],
  [['soon', 'no'], 5, { end: 'try 2', tries: 2, pauses: [3] }],
  [['once-later', 'once-later'], 5, { end: 'try 2', tries: 2, pauses: [60] }],
  [['once-later', 'works'], 5, { end: 'done', tries: 2, pauses: [60] }],
  [['once-later', 'soon', 'once-later'], 5, { end: 'try 3', tries: 3, pauses: [60, 12] }],
  [['once-later'], 0, { end: 'try 1', tries: 1, pauses: [] }],
] as [(RetryAdvice | 'works')[], number, object][])(
  '%j with %i retries',
  async (outcomes, retries, expected) => {
    expect(await run(outcomes, retries)).toEqual(expected);
  },
);

test('a run that is cancelled is not tried again', async () => {
  expect(await run(['soon'], 5, AbortSignal.abort())).toMatchObject({ end: 'try 1', pauses: [] });
});
