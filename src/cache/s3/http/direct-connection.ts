import { type ChunkConsumer, DirectBody } from './direct-body.ts';
import { type DirectTarget, openDirectSocket } from './direct-socket.ts';
import {
  decodeChunks,
  parseResponseHead,
  type ResponseHead,
  readBodyLength,
} from './http-message.ts';

/**
 * A connection that speaks just enough HTTP/1.1 to fetch large bodies. Node's own client allocates every 64 KiB anew and
 * leads them through a parser and two streams: four times the processor time, measured on loopback. Here the kernel writes
 * into two slabs in turn, and whoever takes the bytes writes them from there.
 */
export interface DirectConnection {
  /** One at a time, and only after the last body has come to its end. */
  sendRequest(head: string): Promise<DirectResponse>;
  /** False when no further request can go over it. */
  readonly isReusable: boolean;
  /** Whether it keeps the process alive. */
  setState(state: 'working' | 'resting'): void;
  destroy(error?: Error): void;
}

export interface DirectResponse extends ResponseHead {
  body: DirectBody;
}

const SLAB_BYTES = 1024 * 1024;
/** Bytes after which what has come is handed on. */
const MIN_HANDOVER_BYTES = (SLAB_BYTES * 3) / 4;
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_CHUNKED_BYTES = MIN_HANDOVER_BYTES;

/** The answer has a form that this client does not read; Node's own does. */
export class UnsupportedResponseError extends Error {
  override readonly name = 'UnsupportedResponseError';
  /** What the SDK takes for a reason to try once more. */
  readonly code = 'ECONNRESET';
}

interface Waiting {
  resolve(answer: DirectResponse): void;
  reject(error: Error): void;
}

export function openDirectConnection(target: DirectTarget): DirectConnection {
  let [slab, other] = [Buffer.allocUnsafeSlow(SLAB_BYTES), Buffer.allocUnsafeSlow(SLAB_BYTES)];
  let filled = 0;
  let waiting: Waiting | undefined;
  let taker: { take: ChunkConsumer; resolve(): void; reject(error: unknown): void } | undefined;
  /** Of the body, not yet handed on; undefined between answers. */
  let remaining: number | undefined;
  let reusable = true;
  let ended: Error | undefined;

  const socket = openDirectSocket(target, {
    buffer: () => slab.subarray(filled),
    callback: (bytes) => {
      filled += bytes;
      onBytes();
      return true;
    },
  });
  socket.setTimeout(target.connectTimeoutMs);
  socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () =>
    socket.setTimeout(target.idleTimeoutMs),
  );
  socket.on('timeout', () => {
    const silent = socket.connecting ? target.connectTimeoutMs : target.idleTimeoutMs;
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
    else if (remaining === undefined)
      fail(new UnsupportedResponseError('the store sent what nobody asked for'));
    else if (filled >= remaining || filled >= MIN_HANDOVER_BYTES) handOn(swap(filled));
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
    const head = end < 0 ? undefined : parseResponseHead(bytes.toString('latin1', 0, end));
    const length = head === undefined ? undefined : readBodyLength(head);
    if (end < 0 && filled < MAX_HEAD_BYTES) return;
    if (head === undefined || length === undefined) {
      fail(new UnsupportedResponseError('the answer has a head that is not understood'));
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
      if (filled < MAX_CHUNKED_BYTES) return undefined;
      fail(new UnsupportedResponseError('the answer is long and has no length'));
    } catch (cause) {
      fail(
        new UnsupportedResponseError('the answer has chunks that are not understood', { cause }),
      );
    }
    return undefined;
  }

  function pour(take: ChunkConsumer, early: Buffer): Promise<void> {
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
    get isReusable() {
      return reusable && remaining === undefined && waiting === undefined;
    },
    setState: (state) => void (state === 'working' ? socket.ref() : socket.unref()),
    destroy,
    sendRequest(head) {
      return new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        // Time-outs of sockets know silence alone; a head that comes byte by byte must end, too.
        const late = setTimeout(
          () => fail(withCode('the answer takes too long to begin', 'ECONNRESET')),
          target.connectTimeoutMs + target.idleTimeoutMs,
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
