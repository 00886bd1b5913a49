import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlannedFile } from '../../src/pull/plan.ts';
import { checkRoom, roomNeeded } from '../../src/pull/room.ts';
import { CANNOT_MOUNT, mountSmall } from '../support/mounts.ts';

function planned(source: PlannedFile['source'], size: number): PlannedFile {
  const file = { bucket: 'tensorflow', path: `${source}-${size}`, size, mtime: 0, digests: [] };
  return { file, source, sha256: undefined, because: [] };
}

const FILES = [
  planned('in-place', 1),
  planned('store', 10),
  planned('cache', 100),
  planned('mirror', 1000),
];

test.each([
  ['links cost nothing', 'auto', true, { store: 1200, destination: 0 }],
  ['copies are written again', 'copy', true, { store: 1200, destination: 1110 }],
  ['across file systems everything is a copy', 'auto', false, { store: 1200, destination: 1110 }],
] as const)('%s', (_, link, sameFileSystem, room) => {
  expect(roomNeeded(FILES, { link, sameFileSystem })).toEqual(room);
});

test('too little room is said before anything is fetched', (context) => {
  const small = mountSmall('size=1m');
  if (small === undefined) return context.skip(CANNOT_MOUNT);
  const destination = mkdtempSync(join(tmpdir(), 'tfcache-room-'));
  const folders = { store: join(small, 'not', 'there', 'yet'), destination };
  expect(() => checkRoom([planned('mirror', 500_000)], folders, 'auto')).not.toThrow();
  expect(() => checkRoom([planned('mirror', 2_000_000)], folders, 'auto')).toThrow(
    expect.objectContaining({ code: 'no-space', where: small }),
  );
});
