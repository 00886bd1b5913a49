import { readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readDestinationRecord,
  writeDestinationRecord,
} from '../../../src/destination/record/record.ts';
import { startChild } from '../../support/child.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { thrownBy } from '../../support/thrown.ts';

const CHILD = new URL('./record-child.ts', import.meta.url);
const EMPTY = { entries: [], folders: new Set<string>(), job: undefined };

test('processes that write it at once each write it whole, and leave nothing', async () => {
  const destination = temporaryFolder();
  const children = ['one', 'two', 'three'].map((bucket) =>
    startChild(CHILD, [destination, bucket, '60']),
  );
  for (const child of children) expect((await child.ended()).code).toBe(0);
  expect(readdirSync(destination)).toEqual(['@tfcache.json']);
}, 60_000);

test('what is no file is not read', () => {
  const destination = temporaryFolder();
  const secret = join(temporaryFolder(), 'secret');
  writeFileSync(secret, 'a secret that is no JSON');
  symlinkSync(secret, join(destination, '@tfcache.json'));
  const log = recordingLog();
  const error = thrownBy(() => readDestinationRecord(destination, log));
  expect(error.message).toContain('symbolic link');
  expect(log.lines).toEqual([]);
});

test('one that is written takes the place of a link, and does not go through it', () => {
  const destination = temporaryFolder();
  const outside = join(temporaryFolder(), 'outside');
  writeFileSync(outside, 'theirs');
  symlinkSync(outside, join(destination, '@tfcache.json'));
  writeDestinationRecord(destination, EMPTY);
  expect(statSync(outside).size).toBe(6);
  expect(readDestinationRecord(destination, recordingLog()).entries.size).toBe(0);
});
