/** A member of a tar archive, with whatever name and type a hostile writer would choose. */
export interface TarMember {
  name: string;
  type?:
    | 'file'
    | 'hard link'
    | 'symbolic link'
    | 'character device'
    | 'block device'
    | 'folder'
    | 'fifo';
  data?: Uint8Array | string;
  linkName?: string;
  mode?: number;
  /** Records of a pax header before the member, which override what its header says (path, linkpath, …). */
  pax?: Readonly<Record<string, string>>;
}

const TYPES = {
  file: '0',
  'hard link': '1',
  'symbolic link': '2',
  'character device': '3',
  'block device': '4',
  folder: '5',
  fifo: '6',
} as const;

/** An archive in the ustar format with pax headers: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
export function writeTar(members: Iterable<TarMember>): Buffer {
  const blocks: Buffer[] = [];
  for (const member of members) {
    if (member.pax !== undefined) {
      const records = Object.entries(member.pax).map(([name, value]) => paxRecord(name, value));
      blocks.push(...block({ name: 'pax', data: records.join('') }, 'x'));
    }
    blocks.push(...block(member, TYPES[member.type ?? 'file']));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function block(member: TarMember, type: string): Buffer[] {
  const data = Buffer.from(member.data ?? '');
  const header = Buffer.alloc(512);
  header.write(member.name, 0, 100);
  header.write(octal(member.mode ?? 0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(data.length, 11), 124);
  header.write(octal(0, 11), 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(member.linkName ?? '', 157, 100);
  header.write('ustar\x0000', 257);
  // The device numbers of /dev/null.
  header.write(octal(1, 7), 329);
  header.write(octal(3, 7), 337);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** The length at the beginning counts itself. */
function paxRecord(name: string, value: string): string {
  const rest = ` ${name}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (String(length).length + Buffer.byteLength(rest) !== length) {
    length = String(length).length + Buffer.byteLength(rest);
  }
  return `${length}${rest}`;
}
