import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A wheel's name, PEP 427: `tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl`. */
export interface WheelName {
  project: string;
  version: string;
  python: string;
  platform: string;
}

export function wheelFileName({ project, version, python, platform }: WheelName): string {
  return `${project}-${version}-${python}-${python}-${platform}.whl`;
}

/**
 * A small wheel that pip accepts, with the name of a TensorFlow release and one module that says what it is. The same
 * name always gives the same bytes.
 */
export function buildWheel(name: WheelName): Buffer {
  const info = `${name.project}-${name.version}.dist-info`;
  const tags = name.platform.split('.').map((tag) => `Tag: ${name.python}-${name.python}-${tag}\n`);
  const files: Record<string, string> = {
    'tensorflow_stand_in.py': `"""Stands in for ${name.project} in the demo of tfcache."""\n__version__ = "${name.version}"\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name.project}\nVersion: ${name.version}\nSummary: Stands in for the real package in the demo of tfcache\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: tfcache-demo\nRoot-Is-Purelib: false\n${tags.join('')}`,
  };
  const record = Object.entries(files).map(([file, text]) => {
    const digest = createHash('sha256').update(text).digest('base64url');
    return `${file},sha256=${digest},${Buffer.byteLength(text)}\n`;
  });
  files[`${info}/RECORD`] = `${record.join('')}${info}/RECORD,,\n`;
  return zip(files);
}

/** 1980-01-01, the first day a zip archive can name: the bytes do not depend on the clock. */
const DOS_DATE = 0x0021;

/** A zip archive of uncompressed text files (PKWARE APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16). */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [file, text] of Object.entries(files)) {
    const name = Buffer.from(file);
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed: 2.0
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), common, name, data];
    const madeBy = Buffer.from([20, 3]); // 2.0 on Unix, so that permissions are read
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, common, rest, name);
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
