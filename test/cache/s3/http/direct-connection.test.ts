import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type DirectConnection,
  openDirectConnection,
} from '../../../../src/cache/s3/http/direct-connection.ts';
import { createDirectPool } from '../../../../src/cache/s3/http/direct-pool.ts';
import type { DirectTarget } from '../../../../src/cache/s3/http/direct-socket.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ASK = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const servers: Server[] = [];
const open: { destroy(): void }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) one.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** A server that answers each request with the next of these pieces, each written on its own. */
async function serve(
  answers: readonly Buffer[][],
  tls?: { key: string; cert: string },
): Promise<DirectTarget> {
  const onSocket = (socket: Socket) => {
    open.push(socket);
    let next = 0;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const _ of data.toString('latin1').match(/\r\n\r\n/g) ?? [])
        void write(answers[next++] ?? []);
    });
    const write = async (pieces: Buffer[]) => {
      for (const piece of pieces) {
        if (piece.length === 0) socket.destroy();
        else if (!socket.write(piece)) await once(socket, 'drain');
        // So that each arrives on its own.
        await sleep(5);
      }
    };
  };
  const server = tls === undefined ? createServer(onSocket) : createTlsServer(tls, onSocket);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    protocol: tls === undefined ? 'http:' : 'https:',
    hostname: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    connectTimeoutMs: 2000,
    idleTimeoutMs: 2000,
  };
}

function connection(target: DirectTarget): DirectConnection {
  const opened = openDirectConnection(target);
  open.push(opened);
  return opened;
}

async function fetch(from: DirectConnection): Promise<Buffer> {
  const { body } = await from.sendRequest(ASK);
  const chunks: Buffer[] = [];
  await body.consume((chunk) => {
    chunks.push(Buffer.from(chunk));
    return true;
  });
  return Buffer.concat(chunks);
}

const head = (length: number, more = '') =>
  Buffer.from(`HTTP/1.1 206 Partial Content\r\nContent-Length: ${length}\r\n${more}\r\n`);

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((one) => one % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places]
    .map((start, index) => bytes.subarray(start, places[index] ?? bytes.length))
    .filter((piece) => piece.length > 0);
}

describe('a pool of direct connections', () => {
  it('asks anew when a connection was closed just when it was used again', async () => {
    const target = await serve([[head(2), Buffer.from('ok')], [Buffer.alloc(0)]]);
    const pool = createDirectPool(2000);
    open.push(pool);
    for (let round = 0; round < 3; round += 1) {
      const { body } = await pool.sendRequest('object', target, ASK, undefined);
      const chunks: string[] = [];
      await body.consume((chunk) => chunks.push(chunk.toString()) > 0);
      body.destroy();
      expect(chunks.join('')).toBe('ok');
      await sleep(20);
    }
  });
});

describe('a direct connection', () => {
  it('gives the bytes as they were sent, however they are cut, one answer after the other', async () => {
    const sizes = fc.array(fc.nat(1_500_000), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.nat(2_000_000), { maxLength: 6 }),
        async (lengths, cuts) => {
          const bodies = lengths.map((length) => randomBytes(length));
          const target = await serve(
            bodies.map((body) => cut(Buffer.concat([head(body.length), body]), cuts)),
          );
          const one = connection(target);
          for (const body of bodies) {
            expect((await fetch(one)).equals(body)).toBe(true);
            expect(one.isReusable).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('reads a body as a stream, too', async () => {
    const bytes = randomBytes(900_000);
    const one = connection(await serve([[head(bytes.length), bytes]]));
    const { statusCode, headers, body } = await one.sendRequest(ASK);
    expect([statusCode, headers['content-length']]).toEqual([206, '900000']);
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it('hands on what came before the connection was cut, to the last byte', async () => {
    const bytes = randomBytes(400_001);
    // The last bytes are too few to be handed on at once.
    const pieces = cut(bytes, [300_000, 350_000, 400_000]);
    const one = connection(await serve([[head(700_000), ...pieces, Buffer.alloc(0)]]));
    const { body } = await one.sendRequest(ASK);
    let came = 0;
    const end = body.consume((chunk) => {
      expect(chunk.equals(bytes.subarray(came, came + chunk.length))).toBe(true);
      came += chunk.length;
      return true;
    });
    await expect(end).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(came).toBe(400_001);
    expect(one.isReusable).toBe(false);
    await expect(one.sendRequest(ASK)).rejects.toThrow();
  });

  it.each([
    ['no length', 'HTTP/1.1 206 OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 206 OK\r\nContent-Length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'two kinds of length',
      'HTTP/1.1 206 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n',
    ],
    ['another encoding', 'HTTP/1.1 206 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['chunks without sizes', 'HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n'],
    ['chunks without end', 'HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc'],
    [
      'long chunks',
      `HTTP/1.1 206 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n${'x'.repeat(900_000)}`,
    ],
    ['a length that is none', 'HTTP/1.1 206 OK\r\nContent-Length: -1\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 206 OK\r\n: x\r\nContent-Length: 1\r\n\r\nx'],
    ['a head without end', `HTTP/1.1 206 OK\r\n${'x: y\r\n'.repeat(20_000)}`],
  ])('does not believe %s', async (_, text) => {
    const one = connection(await serve([[Buffer.from(text)]]));
    await expect(one.sendRequest(ASK)).rejects.toMatchObject({ name: 'UnsupportedResponseError' });
  });

  it('reads short answers in chunks, however they are cut', async () => {
    const text = 'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunks = '5\r\n<Err>\r\n000B;x=y\r\nNoSuchKey</\r\n4\r\nErr>\r\n0\r\n';
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(150), { maxLength: 4 }),
        fc.boolean(),
        async (cuts, trailer) => {
          const answer = Buffer.from(`${text}${chunks}${trailer ? 'a: b\r\n' : ''}\r\n`);
          const one = connection(await serve([cut(answer, cuts), [head(2), Buffer.from('ok')]]));
          expect((await fetch(one)).toString()).toBe('<Err>NoSuchKey</Err>');
          expect((await fetch(one)).toString()).toBe('ok');
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is not used again when more came than was told, or when the store says so', async () => {
    for (const answer of [
      [Buffer.concat([head(3), Buffer.from('abcd')])],
      [head(3, 'Connection: Close\r\n'), Buffer.from('abc')],
    ]) {
      const one = connection(await serve([answer]));
      expect((await fetch(one)).toString()).toBe('abc');
      expect(one.isReusable).toBe(false);
    }
  });

  it('ends when nothing comes', async () => {
    const target = { ...(await serve([[]])), idleTimeoutMs: 200 };
    await expect(connection(target).sendRequest(ASK)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('ends when the head comes byte by byte for too long', async () => {
    const bytes = cut(Buffer.from('HTTP/1.1 206 OK\r\n'.padEnd(400, 'x: y\r\n')), [
      ...Array(400).keys(),
    ]);
    const target = { ...(await serve([bytes])), connectTimeoutMs: 200, idleTimeoutMs: 300 };
    await expect(connection(target).sendRequest(ASK)).rejects.toThrow(/too long to begin/);
  });

  it('speaks TLS with those whom this machine trusts, and no one else', async () => {
    const folder = temporaryFolder();
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        ...subject,
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
    const bytes = randomBytes(1_200_000);
    const files = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const target = await serve(
      [
        [head(bytes.length), bytes],
        [head(5), Buffer.from('again')],
      ],
      files,
    );
    await expect(connection(target).sendRequest(ASK)).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const one = connection(target);
      expect((await fetch(one)).equals(bytes)).toBe(true);
      expect((await fetch(one)).toString()).toBe('again');
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });
});
