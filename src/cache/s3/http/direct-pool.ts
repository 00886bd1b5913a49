import type { OutgoingHttpHeaders } from 'node:http';
import {
  type DirectConnection,
  type DirectResponse,
  openDirectConnection,
  UnsupportedResponseError,
} from './direct-connection.ts';
import type { DirectTarget } from './direct-socket.ts';

/** Milliseconds for a connection to come about. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** What is asked for: bytes of an object, or a page of a listing. */
export type DirectResponseKind = 'object' | 'page';

/** Direct connections, kept open from one request to the next. */
export interface DirectPool {
  /** False for what the store answered in a form that is not understood here: from then on Node's own client must ask. */
  readonly isSupported: Readonly<Record<DirectResponseKind, boolean>>;
  /**
   * Sends a request, whose body is empty, and gives the answer once its head has come.
   *
   * @throws UnsupportedResponseError, or what the socket said.
   */
  sendRequest(
    kind: DirectResponseKind,
    place: DirectOrigin,
    head: string,
    signal: AbortSignal | undefined,
  ): Promise<DirectResponse>;
  destroy(): void;
}

export type DirectOrigin = Pick<DirectTarget, 'protocol' | 'hostname' | 'port'>;

/** @param idleTimeoutMs milliseconds without a byte after which a connection is given up. */
export function createDirectPool(idleTimeoutMs: number): DirectPool {
  const understood = { object: true, page: true };
  const resting = new Map<string, DirectConnection[]>();

  function takeResting(key: string): DirectConnection | undefined {
    const connections = resting.get(key) ?? [];
    for (let last = connections.pop(); last !== undefined; last = connections.pop()) {
      if (last.isReusable) return last;
    }
    return undefined;
  }

  const connect = (place: DirectOrigin): DirectConnection =>
    openDirectConnection({ ...place, connectTimeoutMs: CONNECT_TIMEOUT_MS, idleTimeoutMs });

  async function askOver(
    connection: DirectConnection,
    key: string,
    head: string,
    signal: AbortSignal | undefined,
  ): Promise<DirectResponse> {
    connection.setState('working');
    const giveUp = () =>
      connection.destroy(Object.assign(new Error('given up'), { name: 'AbortError' }));
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp);
    const leave = () => signal?.removeEventListener('abort', giveUp);
    const answer = await connection.sendRequest(head).catch((error: unknown) => {
      leave();
      throw error;
    });
    answer.body.once('close', () => {
      leave();
      if (!connection.isReusable) return;
      connection.setState('resting');
      resting.set(key, [...(resting.get(key) ?? []), connection]);
    });
    return answer;
  }

  return {
    isSupported: understood,
    async sendRequest(kind, place, head, signal) {
      const key = `${place.protocol}//${place.hostname}:${place.port}`;
      const rested = takeResting(key);
      try {
        return await askOver(rested ?? connect(place), key, head, signal);
      } catch (error) {
        if (error instanceof UnsupportedResponseError) understood[kind] = false;
        // The store may have closed it just when it was used again; nothing was answered yet.
        else if (rested !== undefined && !signal?.aborted) {
          return await askOver(connect(place), key, head, signal);
        }
        throw error;
      }
    },
    destroy() {
      for (const connection of [...resting.values()].flat()) connection.destroy();
    },
  };
}

/** The first lines of a GET request. @throws Error when a value holds a line break. */
export function formatRequestHead(path: string, headers: OutgoingHttpHeaders): string {
  const lines = Object.entries({ ...headers, connection: 'keep-alive' });
  const head = [`GET ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  if (head.some((line) => /[\r\n\0]/.test(line))) throw new Error('a header holds a line break');
  return `${head.join('\r\n')}\r\n\r\n`;
}

/** As signatures write it: everything but letters, digits, `-`, `.`, `_` and `~`. */
export function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
