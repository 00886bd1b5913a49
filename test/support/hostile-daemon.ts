import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { md4 } from './md4.ts';

/** One entry of a file list, as it goes over the wire: nothing of it need be true. */
export interface WireEntry {
  name: string | Buffer;
  /** `S_IFREG | 0o644` when absent. */
  mode?: number;
  size?: number;
  mtime?: number;
  /** Target of a symbolic link. */
  target?: string;
}

export interface HostileOptions {
  /** The file list; it may have no end. */
  entries: Iterable<WireEntry>;
  /** What is sent as a file's content, whatever the list said; it may have no end. */
  content?: (entry: WireEntry) => Iterable<Buffer>;
  /** Sent in place of the file that was asked for: another index. */
  answerAs?: (index: number) => number;
  /** Sent before the list: messages of a kind (2 is information, 3 an error). */
  messages?: readonly { kind: number; text: string }[];
  /** Sent before the daemon agrees, a message of the day without end perhaps. */
  before?: Iterable<Buffer>;
  /** After the list: bytes that are no protocol. */
  garbage?: Buffer;
}

export interface HostileDaemon {
  port: number;
  url: string;
  /** Arguments that each client sent. */
  arguments(): readonly string[][];
  stop(): Promise<void>;
}

export const REGULAR = 0o100_644;
export const FOLDER = 0o040_755;
export const LINK = 0o120_777;
export const CHARACTER_DEVICE = 0o020_666;
export const FIFO = 0o010_666;

const SEED = 1;
const DONE = -1;
const TRANSFER = 1 << 15;
const BASIS_TYPE_FOLLOWS = 1 << 11;
const NAME_FOLLOWS = 1 << 12;
/** Flags of a file list's entry: the name's length is four bytes; flags of two bytes follow. */
const LONG_NAME = 1 << 6;
const TOP_FOLDER = 1 << 0;

/**
 * An rsync daemon that speaks protocol 29 and lies. 29 is the last protocol with one plain file list, and current clients take
 * it; newer ones (30 to 32: lists in pieces, other integers) are not spoken.
 */
export async function startHostileDaemon(options: HostileOptions): Promise<HostileDaemon> {
  const sockets = new Set<Socket>();
  const seen: string[][] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Clients break off when they have seen enough: that is what is tested.
    socket.on('error', () => socket.destroy());
    serve(new Peer(socket), options, seen).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    url: `rsync://127.0.0.1:${address.port}/tf/`,
    arguments: () => seen,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function serve(peer: Peer, options: HostileOptions, seen: string[][]): Promise<void> {
  await peer.write(Buffer.from('@RSYNCD: 29\n'));
  await peer.line();
  await peer.line();
  for (const chunk of options.before ?? []) await peer.write(chunk);
  await peer.write(Buffer.from('@RSYNCD: OK\n'));
  const args: string[] = [];
  for (let line = await peer.line(); line !== ''; line = await peer.line()) args.push(line);
  seen.push(args);
  const preserves = (letter: string) =>
    args.some((arg) => new RegExp(`^-[a-zA-Z]*${letter}`).test(arg.replace(/e[\d.]*.*/, '')));

  await peer.write(int(SEED));
  for (const { kind, text } of options.messages ?? []) {
    await peer.write(frame(Buffer.from(text), kind));
  }
  const entries: WireEntry[] = [];
  for (const entry of options.entries) {
    if (entries.length < 100_000) entries.push(entry);
    await peer.data(listed(entry, preserves('l'), preserves('D')));
  }
  await peer.data(Buffer.concat([Buffer.from([0]), int(0)]));
  if (options.garbage !== undefined) await peer.write(options.garbage);
  // The filter rules (one keeps partial data out), and the names that were asked for, ended by an empty one.
  for (let rule = (await peer.read(4)).readInt32LE(); rule > 0; ) {
    await peer.read(rule);
    rule = (await peer.read(4)).readInt32LE();
  }
  if (args.some((arg) => arg.startsWith('--files-from'))) await peer.names();
  // The client's list is sorted, and so are its indices.
  entries.sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));

  for (let phase = 0; phase <= 2; ) {
    const index = (await peer.read(4)).readInt32LE();
    if (index === DONE) {
      phase += 1;
      await peer.data(int(DONE));
      continue;
    }
    const flags = await peer.read(2);
    const bits = flags.readUInt16LE();
    if (bits & BASIS_TYPE_FOLLOWS) await peer.read(1);
    if (bits & NAME_FOLLOWS) await peer.read((await peer.read(1)).readUInt8());
    if (!(bits & TRANSFER)) {
      await peer.data(Buffer.concat([int(index), flags]));
      continue;
    }
    const head = await peer.read(16);
    for (let sum = 0; sum < head.readInt32LE(0); sum += 1) {
      await peer.read(4 + head.readInt32LE(8));
    }
    const entry = entries[index];
    if (entry === undefined) return peer.end();
    await peer.data(Buffer.concat([int(options.answerAs?.(index) ?? index), flags, head]));
    const sent: Buffer[] = [];
    let length = 0;
    for (const chunk of options.content?.(entry) ?? []) {
      await peer.data(Buffer.concat([int(chunk.length), chunk]));
      length += chunk.length;
      if (length < 64 * 1024 * 1024) sent.push(chunk);
    }
    await peer.data(Buffer.concat([int(0), md4(Buffer.concat([int(SEED), ...sent]))]));
  }
  await peer.data(Buffer.concat(Array.from({ length: 5 }, () => int(0))));
  await peer.read(4);
  peer.end();
}

/** https://github.com/RsyncProject/rsync/blob/v3.2.7/flist.c, send_file_entry(), as protocol 29 has it. */
function listed(entry: WireEntry, withLinks: boolean, withDevices: boolean): Buffer {
  const name = Buffer.from(entry.name);
  const mode = entry.mode ?? REGULAR;
  const type = mode & 0o170_000;
  const isFolder = type === 0o040_000;
  const parts = [
    Buffer.from([LONG_NAME | (isFolder && name.toString() === '.' ? TOP_FOLDER : 0)]),
    int(name.length),
    name,
    longInt(entry.size ?? 0),
    int(entry.mtime ?? 1_600_000_000),
    int(mode),
  ];
  if (withDevices && ![0o100_000, 0o040_000, 0o120_000].includes(type)) {
    parts.push(int(1), int(3));
  }
  if (withLinks && type === 0o120_000) {
    const target = Buffer.from(entry.target ?? '/etc/passwd');
    parts.push(int(target.length), target);
  }
  return Buffer.concat(parts);
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
}

function longInt(value: number): Buffer {
  if (value >= 0 && value <= 0x7fff_ffff) return int(value);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return Buffer.concat([int(-1), bytes]);
}

/** A message of the multiplexed stream from server to client. */
function frame(data: Buffer, kind: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(((7 + kind) << 24) | data.length);
  return Buffer.concat([head, data]);
}

/** One client: reads as much as is wanted, and writes no faster than it takes. */
class Peer {
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #ended = false;
  #pending: Buffer[] = [];
  #pendingLength = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      this.#wake();
    });
    socket.once('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  async read(length: number): Promise<Buffer> {
    await this.#flush();
    while (this.#buffer.length < length) await this.#more();
    const bytes = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return Buffer.from(bytes);
  }

  async line(): Promise<string> {
    while (!this.#buffer.includes(0x0a)) await this.#more();
    const end = this.#buffer.indexOf(0x0a);
    const line = this.#buffer.toString('utf8', 0, end);
    this.#buffer = this.#buffer.subarray(end + 1);
    return line;
  }

  async names(): Promise<void> {
    await this.#flush();
    while (!this.#buffer.includes('\0\0')) await this.#more();
    this.#buffer = this.#buffer.subarray(this.#buffer.indexOf('\0\0') + 2);
  }

  /** Gathered, so that a million small entries are not a million packets. */
  async data(bytes: Buffer): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingLength += bytes.length;
    if (this.#pendingLength > 32_768) await this.#flush();
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.#ended) throw new Error('the client is gone');
    if (this.#socket.write(bytes)) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#socket.once('drain', resolve);
    });
  }

  end(): void {
    this.#socket.end();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingLength = 0;
    for (let at = 0; at < bytes.length; at += 60_000) {
      await this.write(frame(bytes.subarray(at, at + 60_000), 0));
    }
  }

  async #more(): Promise<void> {
    if (this.#ended) throw new Error('the client is gone');
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
