import { DirectBody, type Take } from './direct-body.ts';
import { type DirectTarget, openSocket } from './direct-socket.ts';
import { bodyLength, decodeChunks, type Head, parseHead } from './http-message.ts';

/**
 * A connection that speaks just enough HTTP/1.1 to fetch large bodies. Node's own client allocates every 64 KiB anew and
 * leads them through a parser and two streams: four times the processor time, measured on loopback. Here the kernel writes
 * into two slabs in turn, and whoever takes the bytes writes them from there.
 */
export interface DirectConnection {
  /** One at a time, and only after the last body has come to its end. */
  ask(head: string): Promise<DirectAnswer>;
  /** False when no further request can go over it. */
  readonly reusable: boolean;
  /** Whether it keeps the process alive. */
  hold(state: 'working' | 'resting'): void;
  destroy(error?: Error): void;
}

export interface DirectAnswer extends Head {
  body: DirectBody;
}

const SLAB = 1024 * 1024;
/** Bytes after which what has come is handed on. */
const HAND_ON = (SLAB * 3) / 4;
const LONGEST_HEAD = 64 * 1024;
const LONGEST_CHUNKED = HAND_ON;

/** The answer has a form that this client does not read; Node's own does. */
export class UnknownForm extends Error {
  override readonly name = 'UnknownForm';
  /** What the SDK takes for a reason to try once more. */
  readonly code = 'ECONNRESET';
}

interface Waiting {
  resolve(answer: DirectAnswer): void;
  reject(error: Error): void;
}

export function openDirectConnection(target: DirectTarget): DirectConnection {
  let [slab, other] = [Buffer.allocUnsafeSlow(SLAB), Buffer.allocUnsafeSlow(SLAB)];
  let filled = 0;
  let waiting: Waiting | undefined;
  let taker: { take: Take; resolve(): void; reject(error: unknown): void } | undefined;
  /** Of the body, not yet handed on; undefined between answers. */
  let remaining: number | undefined;
  let reusable = true;
  let ended: Error | undefined;

  const socket = openSocket(target, {
    buffer: () => slab.subarray(filled),
    callback: (bytes) => {
      filled += bytes;
      onBytes();
      return true;
    },
  });
  socket.setTimeout(target.connectPatience);
  socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () =>
    socket.setTimeout(target.patience),
  );
  socket.on('timeout', () => {
    const silent = socket.connecting ? target.connectPatience : target.patience;
    fail(
      withCode(
        `nothing came for ${silent / 1000} s`,
        socket.connecting ? 'ETIMEDOUT' : 'ECONNRESET',
      ),
    );
  });
  socket.on('error', (error) => fail(error));
  socket.on('close', () => fail(withCode('the connection was closed', 'ECONNRESET')));

  function onBytes(): void {
    if (waiting !== undefined) readHead(waiting);
    else if (remaining === undefined) fail(new UnknownForm('the store sent what nobody asked for'));
    else if (filled >= remaining || filled >= HAND_ON) handOn(swap(filled));
  }

  /** The next bytes go to the other slab, so that these may be used until then. */
  function swap(bytes: number): Buffer {
    const full = slab.subarray(0, bytes);
    [slab, other] = [other, slab];
    filled = 0;
    return full;
  }

  function readHead({ resolve }: Waiting): void {
    const bytes = slab.subarray(0, filled);
    const end = bytes.indexOf('\r\n\r\n');
    const head = end < 0 ? undefined : parseHead(bytes.toString('latin1', 0, end));
    const length = head === undefined ? undefined : bodyLength(head);
    if (end < 0 && filled < LONGEST_HEAD) return;
    if (head === undefined || length === undefined) {
      fail(new UnknownForm('the answer has a head that is not understood'));
      return;
    }
    const body =
      length === 'chunked' ? readChunks(bytes.subarray(end + 4)) : bytes.subarray(end + 4);
    if (body === undefined) return;
    swap(filled);
    if (head.headers['connection']?.toLowerCase() === 'close') reusable = false;
    waiting = undefined;
    remaining = length === 'chunked' ? body.length : length;
    // Nothing is read before somebody takes it.
    socket.pause();
    const giveUp = () => {
      if (remaining !== undefined) destroy();
    };
    resolve({ ...head, body: new DirectBody((take) => pour(take, body), giveUp) });
  }

  /** Errors often come in chunks, and are short; undefined while more is to come. What is longer is left to others. */
  function readChunks(bytes: Buffer): Buffer | undefined {
    try {
      const decoded = decodeChunks(bytes);
      if (decoded !== undefined) {
        if (decoded.used < bytes.length) reusable = false;
        return decoded.body;
      }
      if (filled < LONGEST_CHUNKED) return undefined;
      fail(new UnknownForm('the answer is long and has no length'));
    } catch (cause) {
      fail(new UnknownForm('the answer has chunks that are not understood', { cause }));
    }
    return undefined;
  }

  function pour(take: Take, early: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      taker = { take, resolve, reject };
      if (ended !== undefined) fail(ended);
      else if (early.length > 0 || remaining === 0) handOn(early);
      else socket.resume();
    });
  }

  function handOn(chunk: Buffer): void {
    if (taker === undefined || remaining === undefined) return;
    const wanted = chunk.subarray(0, remaining);
    if (wanted.length < chunk.length) reusable = false;
    remaining -= wanted.length;
    try {
      if (wanted.length > 0 && !taker.take(wanted)) {
        const { resolve } = taker;
        taker = undefined;
        resolve();
        destroy();
      } else goOn();
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function goOn(): void {
    if (taker === undefined) return;
    if (remaining === 0) {
      const { resolve } = taker;
      taker = undefined;
      remaining = undefined;
      resolve();
    } else if (ended !== undefined) fail(ended);
    else socket.resume();
  }

  function fail(error: Error): void {
    reusable = false;
    ended ??= error;
    socket.destroy();
    waiting?.reject(error);
    waiting = undefined;
    const last = taker;
    taker = undefined;
    if (last === undefined) return;
    // What has come already is worth keeping.
    const rest = remaining === undefined ? 0 : Math.min(filled, remaining);
    try {
      if (rest > 0) last.take(swap(rest));
      last.reject(error);
    } catch (failure) {
      last.reject(failure);
    }
  }

  function destroy(error = new Error('the transfer was given up')): void {
    reusable = false;
    ended ??= error;
    if (waiting === undefined && taker === undefined) socket.destroy();
    else fail(error);
  }

  return {
    get reusable() {
      return reusable && remaining === undefined && waiting === undefined;
    },
    hold: (state) => void (state === 'working' ? socket.ref() : socket.unref()),
    destroy,
    ask(head) {
      return new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        // Time-outs of sockets know silence alone; a head that comes byte by byte must end, too.
        const late = setTimeout(
          () => fail(withCode('the answer takes too long to begin', 'ECONNRESET')),
          target.connectPatience + target.patience,
        );
        waiting = {
          resolve(answer) {
            clearTimeout(late);
            resolve(answer);
          },
          reject(error) {
            clearTimeout(late);
            reject(error);
          },
        };
        socket.write(head, 'latin1');
        if (!socket.connecting) socket.resume();
      });
    },
  };
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
