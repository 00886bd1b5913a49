import { expect, test } from 'vitest';
import { serveFile, startFaultyHttp } from '../../../support/faulty-http.ts';
import { DATA, useFaultyMirror, WANTED } from '../../../support/faulty-mirror.ts';
import { errorOf, fetchInto, testMirror } from '../../../support/https-mirror.ts';

const faulty = useFaultyMirror();

test('redirects in a circle end', async () => {
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(302, { location: '/again' }).end();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), faulty.staging(), [WANTED]));
  expect(error.message).toContain('redirects more than 5 times');
});

test('a redirect to plain http:// on another machine is refused', async () => {
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(302, { location: 'http://192.0.2.1/login' }).end();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), faulty.staging(), [WANTED]));
  expect(error.message).toContain('not safe');
  expect(error.found).toBe('http://192.0.2.1/login');
});

test('a password goes to the mirror, not to whom it redirects, and is never shown', async () => {
  const seen: (string | undefined)[] = [];
  const other = await startFaultyHttp({ 'a/x.whl': DATA }, (request) => {
    seen.push(request.headers.authorization);
    return false;
  });
  const { port } = await faulty.serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: `${other.url}a/x.whl` }).end();
    return true;
  });
  const mirror = testMirror(`http://me:secret@127.0.0.1:${port}/`);
  expect(mirror.url).toBe(`http://127.0.0.1:${port}/`);
  await fetchInto(mirror, faulty.staging(), [WANTED]);
  await other.stop();
  expect(seen).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`, undefined]);
});

test('a connection that the server closed while idle is not a failure', async () => {
  let answered = 0;
  const { url } = await faulty.serve((request, response) => {
    // The second request on a connection finds it closed.
    const { socket } = request;
    if ('used' in socket) {
      socket.resetAndDestroy();
      return true;
    }
    Object.assign(socket, { used: true });
    answered += 1;
    serveFile(request, response, DATA);
    return true;
  });
  const mirror = testMirror(url, { retries: 0, connections: 1 });
  const files = ['a', 'b', 'c'].map((path) => ({ path, size: DATA.length, mtime: 1 }));
  expect((await fetchInto(mirror, faulty.staging(), files)).arrived).toEqual(['a', 'b', 'c']);
  expect(answered).toBe(3);
});
