/** The first lines of an answer. Names of headers are in lower case. */
export interface ResponseHead {
  statusCode: number;
  headers: Record<string, string>;
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-2.1. Undefined when it is not one. */
export function parseResponseHead(text: string): ResponseHead | undefined {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] ([2-5]\d\d)(?: |$)/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    const name = line.slice(0, colon).toLowerCase();
    // Of two lengths no one can say which is meant.
    if (name === 'content-length' && name in headers) return undefined;
    headers[name] = line.slice(colon + 1).trim();
  }
  return { statusCode: Number(status), headers };
}

/**
 * How many bytes the body has: a number, `chunked`, or undefined where neither is told in one plain way.
 * https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function readBodyLength({ headers }: ResponseHead): number | 'chunked' | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  if (encoding !== undefined) {
    return encoding.toLowerCase() === 'chunked' && length === undefined ? 'chunked' : undefined;
  }
  return /^\d{1,15}$/.test(length ?? '') ? Number(length) : undefined;
}

/**
 * A chunked body (https://www.rfc-editor.org/rfc/rfc9112#section-7.1) and the bytes that it took; undefined as long as its
 * end has not come. @throws Error when it is malformed.
 */
export function decodeChunks(bytes: Buffer): { body: Buffer; used: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(bytes.toString('latin1', at, line))?.[1];
    if (size === undefined) throw new Error('a chunk has no size');
    const end = line + 2 + Number.parseInt(size, 16);
    if (end === line + 2) {
      // What may follow the last chunk ends as a head does; mostly there is nothing.
      const last = bytes.indexOf('\r\n\r\n', line);
      return last < 0 ? undefined : { body: Buffer.concat(parts), used: last + 4 };
    }
    if (bytes.length < end + 2) return undefined;
    if (bytes.toString('latin1', end, end + 2) !== '\r\n') throw new Error('a chunk has no end');
    parts.push(bytes.subarray(line + 2, end));
    at = end + 2;
  }
}
