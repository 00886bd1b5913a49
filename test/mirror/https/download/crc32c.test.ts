import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  finishCrc32c,
  hashFileCrc32c,
  updateCrc32c,
} from '../../../../src/mirror/https/download/crc32c.ts';
import { temporaryFolder } from '../../../support/https-mirror.ts';

const crc32c = (bytes: Uint8Array) => finishCrc32c(updateCrc32c(-1, bytes));

/** RFC 3720, appendix B.4, and the check value of the CRC catalogue. */
test.each([
  ['123456789', Buffer.from('123456789'), 'e3069283'],
  ['nothing', Buffer.alloc(0), '00000000'],
  ['32 bytes of zeroes', Buffer.alloc(32), '8a9136aa'],
  ['32 bytes of ones', Buffer.alloc(32, 255), '62a8ab43'],
  ['32 bytes ascending', Buffer.from(Array.from({ length: 32 }, (_, index) => index)), '46dd794e'],
])('of %s', (_name, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

test('in any two parts as in one, and bit by bit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      const parts = updateCrc32c(updateCrc32c(-1, bytes.subarray(0, cut)), bytes.subarray(cut));
      let plain = -1;
      for (const byte of bytes) {
        plain ^= byte;
        for (let bit = 0; bit < 8; bit += 1)
          plain = plain & 1 ? (plain >>> 1) ^ 0x82f63b78 : plain >>> 1;
      }
      expect(finishCrc32c(parts)).toBe(finishCrc32c(plain));
      expect(crc32c(bytes)).toBe(finishCrc32c(plain));
    }),
  );
});

test('of a file longer than one read', async () => {
  const { folder, remove } = temporaryFolder();
  const data = Buffer.alloc(600_001, 'tensorflow');
  writeFileSync(join(folder, 'x'), data);
  expect(await hashFileCrc32c(join(folder, 'x'))).toBe(crc32c(data));
  remove();
});
