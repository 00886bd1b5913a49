import type { DirectResponse } from './direct-connection.ts';
import { type DirectPool, escapeUri, formatRequestHead } from './direct-pool.ts';

/** A request as the SDK hands it on: signed, with everything in its place. */
export interface SdkRequest {
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
export interface SdkHandler<Response> {
  handle(request: SdkRequest, options?: Options): Promise<{ response: Response }>;
  destroy?(): void;
}

/**
 * Sends the SDK's requests for ranges over connections that cost little processor time, and every other over the SDK's own
 * handler. Signing, retries and errors stay with the SDK either way.
 */
export function createDirectHandler<Response>(
  ordinary: SdkHandler<Response>,
  pool: DirectPool,
): SdkHandler<Response | DirectResponse> {
  return {
    async handle(request, options) {
      const isRange = request.method === 'GET' && request.headers['range'] !== undefined;
      if (!isRange || !pool.isSupported.object) return ordinary.handle(request, options);
      const protocol = request.protocol === 'https:' ? 'https:' : 'http:';
      const port = request.port ?? (protocol === 'https:' ? 443 : 80);
      const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
      const head = formatRequestHead(pathOf(request), request.headers);
      const place = { protocol, hostname: request.hostname, port } as const;
      // When its form is not understood, the next try, which is the SDK's, goes the ordinary way.
      return { response: await pool.sendRequest('object', place, head, signal) };
    },
    destroy() {
      pool.destroy();
      ordinary.destroy?.();
    },
  };
}

function pathOf(request: SdkRequest): string {
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${escapeUri(name)}=${escapeUri(one)}`),
  );
  return query.length === 0 ? request.path : `${request.path}?${query.join('&')}`;
}
