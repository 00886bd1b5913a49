import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PartialFile } from '../../../src/mirror/partial/partial-file.ts';
import {
  readPartialRecord,
  writePartialRecord,
} from '../../../src/mirror/partial/partial-record.ts';
import { temporaryFolder } from '../../support/https-mirror.ts';

const record = {
  path: 'a',
  size: 100,
  validator: '"v"',
  origin: 'https://host',
  done: [{ start: 0, end: 40 }],
};

test('a record is read back for the same file only', () => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'r.json');
  writePartialRecord(file, record);
  expect(readPartialRecord(file, 'a', 100)).toEqual(record);
  expect(readPartialRecord(file, 'b', 100)).toBeUndefined();
  expect(readPartialRecord(file, 'a', 101)).toBeUndefined();
  expect(readPartialRecord(join(folder, 'none'), 'a', 100)).toBeUndefined();
  remove();
});

test.each([
  ['torn', (text: string) => text.slice(0, 20)],
  ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
  [
    'of before the last start of the machine',
    (text: string) => text.replace(/"bootedAt":\d+/, '"bootedAt":1'),
  ],
  ['beyond the end', (text: string) => text.replace('40', '400')],
  ['backwards', (text: string) => text.replace('[0,40]', '[40,0]')],
  ['overlapping', (text: string) => text.replace('[0,40]', '[0,40],[30,50]')],
])('a record that is %s is not relied upon', (_name, spoil) => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'r.json');
  writePartialRecord(file, record);
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));
  expect(readPartialRecord(file, 'a', 100)).toBeUndefined();
  remove();
});

test('data shorter than its record is not relied upon', async () => {
  const { folder, remove } = temporaryFolder();
  const partial = new PartialFile(folder, 'a', 100);
  await partial.open();
  partial.setVersion('"v"', 'https://host');
  await partial.write([Buffer.alloc(30), Buffer.alloc(10)], 0);
  await partial.closeForResume();
  expect(new PartialFile(folder, 'a', 100).missing).toEqual([{ start: 40, end: 100 }]);
  const data = join(
    folder,
    '@partial',
    'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
  );
  expect(existsSync(data)).toBe(true);
  writeFileSync(data, 'short');
  expect(new PartialFile(folder, 'a', 100).missing).toEqual([{ start: 0, end: 100 }]);
  remove();
});
