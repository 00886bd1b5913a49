import {
  type DirectAnswer,
  type DirectConnection,
  openDirectConnection,
  UnknownForm,
} from './direct-connection.ts';
import type { DirectTarget } from './direct-socket.ts';

/** A request as the SDK hands it on: signed, with everything in its place. */
interface Request {
  method: string;
  protocol: string;
  hostname: string;
  port?: number | undefined;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
}

interface Options {
  abortSignal?: unknown;
}

/** What the SDK calls to send a request. */
interface Handler<Response> {
  handle(request: Request, options?: Options): Promise<{ response: Response }>;
  destroy?(): void;
}

/**
 * Sends requests for ranges over connections that cost little processor time, and every other over the SDK's own handler.
 * Signing, retries and errors stay with the SDK either way.
 */
export function createDirectHandler<Response>(
  ordinary: Handler<Response>,
  patience: Pick<DirectTarget, 'connectPatience' | 'patience'>,
): Handler<Response | DirectAnswer> {
  const resting = new Map<string, DirectConnection[]>();
  let understood = true;

  async function handle(
    request: Request,
    options?: Options,
  ): Promise<{ response: Response | DirectAnswer }> {
    const isRange = request.method === 'GET' && request.headers['range'] !== undefined;
    if (!isRange || !understood) return ordinary.handle(request, options);
    const protocol = request.protocol === 'https:' ? 'https:' : 'http:';
    const port = request.port ?? (protocol === 'https:' ? 443 : 80);
    const target = { protocol, hostname: request.hostname, port, ...patience } as const;
    try {
      return { response: await ask(target, request, options) };
    } catch (error) {
      // The next try, which is the SDK's, goes the ordinary way.
      if (error instanceof UnknownForm) understood = false;
      throw error;
    }
  }

  async function ask(
    target: DirectTarget,
    request: Request,
    options: Options | undefined,
  ): Promise<DirectAnswer> {
    const key = `${target.protocol}//${target.hostname}:${target.port}`;
    const connection = takeResting(key) ?? openDirectConnection(target);
    connection.hold('working');
    const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
    const giveUp = () =>
      connection.destroy(Object.assign(new Error('given up'), { name: 'AbortError' }));
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp);
    const answer = await connection.ask(headOf(request));
    answer.body.once('close', () => {
      signal?.removeEventListener('abort', giveUp);
      if (!connection.reusable) return;
      connection.hold('resting');
      resting.set(key, [...(resting.get(key) ?? []), connection]);
    });
    return answer;
  }

  function takeResting(key: string): DirectConnection | undefined {
    const connections = resting.get(key) ?? [];
    for (let last = connections.pop(); last !== undefined; last = connections.pop()) {
      if (last.reusable) return last;
    }
    return undefined;
  }

  return {
    handle,
    destroy() {
      for (const connection of [...resting.values()].flat()) connection.destroy();
      ordinary.destroy?.();
    },
  };
}

function headOf(request: Request): string {
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${escapeUri(name)}=${escapeUri(one)}`),
  );
  const path = query.length === 0 ? request.path : `${request.path}?${query.join('&')}`;
  const lines = Object.entries({ ...request.headers, connection: 'keep-alive' });
  const head = [`GET ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  if (head.some((line) => /[\r\n\0]/.test(line))) throw new Error('a header holds a line break');
  return `${head.join('\r\n')}\r\n\r\n`;
}

/** As the signature writes it: everything but letters, digits, `-`, `.`, `_` and `~`. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
