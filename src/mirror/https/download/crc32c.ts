import { open } from 'node:fs/promises';

/** Castagnoli’s polynomial, bits reversed: https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4. Node’s crc32 has another. */
const POLYNOMIAL = 0x82f63b78;
const BUFFER_SIZE = 256 * 1024;

/** Eight tables in one: eight bytes a step, whose lookups do not wait for each other. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[byte] = value;
  }
  for (let index = 256; index < tables.length; index += 1) {
    const before = at(tables, index - 256);
    tables[index] = (before >>> 8) ^ at(tables, before & 255);
  }
  return tables;
}

function at(array: Int32Array | Uint8Array, index: number): number {
  return array[index] as number;
}

/**
 * Goes on with a CRC32C.
 *
 * @param state what the last call returned; -1 to begin.
 */
export function updateCrc32c(state: number, bytes: Uint8Array): number {
  let crc = state;
  let index = 0;
  for (const end = bytes.length - 7; index < end; index += 8) {
    crc ^=
      at(bytes, index) |
      (at(bytes, index + 1) << 8) |
      (at(bytes, index + 2) << 16) |
      (at(bytes, index + 3) << 24);
    crc =
      at(TABLES, 0x700 + (crc & 255)) ^
      at(TABLES, 0x600 + ((crc >>> 8) & 255)) ^
      at(TABLES, 0x500 + ((crc >>> 16) & 255)) ^
      at(TABLES, 0x400 + (crc >>> 24)) ^
      at(TABLES, 0x300 + at(bytes, index + 4)) ^
      at(TABLES, 0x200 + at(bytes, index + 5)) ^
      at(TABLES, 0x100 + at(bytes, index + 6)) ^
      at(TABLES, at(bytes, index + 7));
  }
  for (; index < bytes.length; index += 1) {
    crc = (crc >>> 8) ^ at(TABLES, (crc ^ at(bytes, index)) & 255);
  }
  return crc;
}

/** A finished CRC32C as Google’s base64 has it once decoded: big-endian, eight hexadecimal digits. */
export function finishCrc32c(state: number): string {
  return (~state >>> 0).toString(16).padStart(8, '0');
}

/** The CRC32C of a file, in between giving way to whatever else runs. @throws the system's error */
export async function hashFileCrc32c(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(BUFFER_SIZE);
    let state = -1;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, BUFFER_SIZE);
      if (bytesRead === 0) return finishCrc32c(state);
      state = updateCrc32c(state, buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
