import { expect, test } from 'vitest';
import { serveFile } from '../../../support/faulty-http.ts';
import { DATA, useFaultyMirror, WANTED } from '../../../support/faulty-mirror.ts';
import { errorOf, fetchInto, recordingLog, testMirror } from '../../../support/https-mirror.ts';

const faulty = useFaultyMirror();

test('a drip is a stall, however regular', async () => {
  const server = await faulty.serve((request, response) => {
    const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    response.writeHead(start === 0 ? 200 : 206, {
      etag: '"1"',
      'content-length': DATA.length - start,
      ...(start === 0
        ? {}
        : { 'content-range': `bytes ${start}-${DATA.length - 1}/${DATA.length}` }),
    });
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
    return true;
  });
  const error = await errorOf(
    fetchInto(testMirror(server.url, { timeout: 1, retries: 1 }), faulty.staging(), [WANTED]),
  );
  expect(error.code).toBe('no-mirror');
  expect(error.message).toContain('stalled');
  expect(server.requests.length).toBe(2);
});

test('silence after the request is noticed', async () => {
  const server = await faulty.serve(() => true);
  const error = await errorOf(
    fetchInto(testMirror(server.url, { timeout: 0.3, retries: 1 }), faulty.staging(), [WANTED]),
  );
  expect(error.message).toContain('did not answer within 0.3 seconds');
  expect(server.requests.length).toBe(2);
});

test('503 with Retry-After is waited for; too long a wait is not', async () => {
  let asked = 0;
  const server = await faulty.serve((_request, response) => {
    asked += 1;
    if (asked > 1) return false;
    response.writeHead(503, { 'retry-after': '1' }).end();
    return true;
  });
  const begin = performance.now();
  await fetchInto(testMirror(server.url), faulty.staging(), [WANTED]);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(999);
  await server.stop();

  const busy = await faulty.serve((_request, response) => {
    response.writeHead(429, { 'retry-after': '86400' }).end();
    return true;
  });
  const error = await errorOf(
    fetchInto(testMirror(busy.url), faulty.staging(), [{ ...WANTED, path: 'other' }]),
  );
  expect(error.hint).toContain('wait 1440 minutes');
  expect(busy.requests.length).toBe(1);
});

test('errors of the server are tried again, as often as allowed', async () => {
  const server = await faulty.serve((_request, response) => {
    response.writeHead(500).end();
    return true;
  });
  const { log, lines } = recordingLog();
  const error = await errorOf(
    fetchInto(testMirror(server.url, { log, retries: 3 }), faulty.staging(), [WANTED]),
  );
  expect(error.message).toContain('cannot answer now (500)');
  expect(server.requests.length).toBe(4);
  expect(lines.filter((line) => line.includes('Trying again'))).toHaveLength(3);
});

test('a break in the middle of a reused connection asks once more, not twice', async () => {
  let count = 0;
  const { url, requests } = await faulty.serve((request, response) => {
    count += 1;
    if (count !== 2) {
      serveFile(request, response, DATA);
      return true;
    }
    response.writeHead(200, { etag: '"1"', 'content-length': DATA.length });
    response.write(DATA.subarray(0, 1000), () =>
      setTimeout(() => request.socket.resetAndDestroy(), 50),
    );
    return true;
  });
  const mirror = testMirror(url, { connections: 1 });
  const files = ['a', 'b'].map((path) => ({ path, size: DATA.length, mtime: 1 }));
  await fetchInto(mirror, faulty.staging(), files);
  // The rest by range; its ETag is another here, so the whole file comes again.
  expect(requests).toEqual(['GET a', 'GET b', `GET b bytes=1000-${DATA.length - 1}`, 'GET b']);
});
