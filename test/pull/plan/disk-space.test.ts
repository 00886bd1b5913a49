import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partialFilePath } from '../../../src/mirror/partial/partial-file.ts';
import { partialDataPath } from '../../../src/mirror/rsync/transfer/growth.ts';
import { formatClaimGroup } from '../../../src/pull/fetch/sync.ts';
import { calculateNeededSpace, requireFreeSpace } from '../../../src/pull/plan/disk-space.ts';
import type { PlannedFile } from '../../../src/pull/plan/plan.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { CANNOT_MOUNT, mountSmall } from '../../support/mounts.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { rejectionOf } from '../../support/thrown.ts';

function planned(source: PlannedFile['source'], size: number): PlannedFile {
  const file = { bucket: 'tensorflow', path: `${source}-${size}`, size, mtime: 0, digests: [] };
  return { file, source, sha256: undefined, skipped: [] };
}

const FILES = [
  planned('in-place', 1),
  planned('store', 10),
  planned('cache', 100),
  planned('mirror', 1000),
];

test.each([
  ['links cost nothing', 'auto', true, { storeBytes: 1200, destinationBytes: 0 }],
  ['copies are written again', 'copy', true, { storeBytes: 1200, destinationBytes: 1110 }],
  [
    'across file systems everything is a copy',
    'auto',
    false,
    { storeBytes: 1200, destinationBytes: 1110 },
  ],
] as const)('%s', (_, link, sameFileSystem, room) => {
  expect(calculateNeededSpace(FILES, { link, sameFileSystem })).toEqual(room);
});

test('too little room is said before anything is fetched', async (context) => {
  const small = mountSmall('size=1m');
  if (small === undefined) return context.skip(CANNOT_MOUNT);
  const destination = mkdtempSync(join(tmpdir(), 'tfcache-room-'));
  const folders = { store: join(small, 'not', 'there', 'yet'), destination };
  await requireFreeSpace([planned('mirror', 500_000)], folders, 'auto');
  expect(
    await rejectionOf(requireFreeSpace([planned('mirror', 2_000_000)], folders, 'auto')),
  ).toMatchObject({ reason: 'disk-full', where: small });
});

describe('what an earlier run left in staging', () => {
  const wanted = planned('mirror', 700_000);
  const { path } = wanted.file;

  test.for([
    ['a complete file', (folder: string) => join(folder, path)],
    ['partial data of rsync', (folder: string) => join(folder, partialDataPath(path))],
    ['a draft of an rsync that was killed', (folder: string) => join(folder, `.${path}.Ab12Cd`)],
    ['a partial file', (folder: string) => partialFilePath(folder, path)],
  ] as const)('%s needs no more room', async ([, placeIn], context) => {
    const small = mountSmall('size=1m');
    if (small === undefined) return context.skip(CANNOT_MOUNT);
    const store = openStore(join(small, 'store'), { log: recordingLog() });
    const folders = {
      store: store.folder,
      destination: mkdtempSync(join(tmpdir(), 'tfcache-room-')),
    };
    const { claim: flight } = await store.claim(formatClaimGroup('tensorflow'), [path]);
    if (flight === undefined) throw new Error('nothing was claimed');
    const place = placeIn(flight.folder);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, Buffer.alloc(600_000, 1));
    flight.abandon();

    await requireFreeSpace([wanted], folders, 'auto');
    const other = { ...wanted, file: { ...wanted.file, path: 'other' } };
    expect(await rejectionOf(requireFreeSpace([other], folders, 'auto'))).toMatchObject({
      reason: 'disk-full',
    });
  });
});
