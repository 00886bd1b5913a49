import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openDestination } from '../../../src/destination/destination.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../../support/mounts.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rejectionOf } from '../../support/thrown.ts';

const FILES = [
  { bucket: 'tensorflow', path: 'linux/cpu/a.whl', size: 2000 },
  { bucket: 'tensorflow', path: 'x.bin', size: 50 },
];

function destinationWith(
  files: Readonly<Record<string, string>>,
  folder = join(temporaryFolder(), 'd'),
) {
  for (const [place, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    writeFileSync(join(folder, place), content);
  }
  return openDestination(folder, recordingLog());
}

test('nothing is in the way in a folder that is not there, in an empty one, and beside the user’s files', async () => {
  await destinationWith({}).check(FILES);
  await destinationWith({ 'linux/cpu/mine': 'mine', other: '' }).check(FILES);
});

test('a file of the right size may have the right bytes', async () => {
  await destinationWith({ 'x.bin': 'x'.repeat(50) }).check(FILES);
});

test.each([
  ['a file of the user', 'linux/cpu/a.whl', 'in the way'],
  ['a file where a folder is needed', 'linux', 'needs a folder'],
  ['a folder where a file is needed', 'x.bin/mine', 'a folder with files of yours'],
])('%s', async (_, place, words) => {
  const error = await rejectionOf(destinationWith({ [place]: 'mine' }).check(FILES));
  expect(error.code).toBe('failed');
  expect(`${error.message} ${error.where}`).toContain(words);
});

test('a destination, or a folder above it, that is a file', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  for (const at of [join(folder, 'file'), join(folder, 'file', 'below')]) {
    const error = await rejectionOf(openDestination(at, recordingLog()).check(FILES));
    expect(error).toMatchObject({ code: 'usage', message: 'The destination is not a folder.' });
  }
});

test('a symbolic link in place of a folder', async () => {
  const folder = temporaryFolder();
  symlinkSync(temporaryFolder(), join(folder, 'linux'));
  const error = await rejectionOf(openDestination(folder, recordingLog()).check(FILES));
  expect(error).toMatchObject({
    code: 'failed',
    message: expect.stringContaining('symbolic link'),
  });
});

test('one that is itself a symbolic link to a folder will do', async () => {
  const folder = temporaryFolder();
  symlinkSync(temporaryFolder(), join(folder, 'link'));
  await openDestination(join(folder, 'link'), recordingLog()).check(FILES);
});

test('no leave to write', async (context) => {
  const small = mountSmall('size=1m');
  if (small === undefined) return context.skip(CANNOT_MOUNT);
  remount(small, 'ro');
  const error = await rejectionOf(openDestination(join(small, 'd'), recordingLog()).check(FILES));
  expect(error).toMatchObject({ code: 'failed', message: expect.stringContaining('read-only') });
});

test('what tfcache put there is not in the way, of whatever size', async () => {
  const root = temporaryFolder();
  const store = openStore(join(root, 'store'), { log: recordingLog() });
  const incoming = join(root, 'incoming');
  writeFileSync(incoming, 'old');
  const sha256 = 'cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4';
  const object = store.add(incoming, { sha256, size: 3 });
  const file = { bucket: 'tensorflow', path: 'x.bin', size: 3, mtime: 1, sha256, object };
  const destination = openDestination(join(root, 'd'), recordingLog());
  await destination.check(FILES);
  await openDestination(join(root, 'd'), recordingLog()).publish([file], { link: 'auto' });

  // Published by another run since the record was read.
  await destination.check(FILES);
});
