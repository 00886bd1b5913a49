import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DATA, useFaultyMirror, WANTED } from '../../../support/faulty-mirror.ts';
import { errorOf, fetchInto, testMirror } from '../../../support/https-mirror.ts';

const MIB = 1024 * 1024;
const faulty = useFaultyMirror();

test('a length other than listed is refused before a byte is kept', async () => {
  const { url } = await faulty.serve(() => false);
  const error = await errorOf(
    fetchInto(testMirror(url), faulty.staging(), [{ ...WANTED, size: DATA.length - 1 }]),
  );
  expect(error).toMatchObject({
    code: 'integrity',
    expected: `${DATA.length - 1} bytes`,
    found: `${DATA.length} bytes`,
  });
  expect(existsSync(join(faulty.staging(), 'a/x.whl'))).toBe(false);
});

test.each([
  ['another start', 'bytes 5-299999/300000'],
  ['another end', 'bytes 100-299/300000'],
  ['a form of its own', '100-299999'],
  ['none', ''],
])('a Content-Range that is wrong (%s) is refused', async (_name, contentRange) => {
  let first = true;
  const { url } = await faulty.serve((request, response) => {
    if (first) {
      first = false;
      // Breaks off after a third, so that the rest is asked for by range.
      response.writeHead(200, { etag: '"1"', 'content-length': DATA.length });
      response.write(DATA.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
      return true;
    }
    expect(request.headers['if-range']).toBe('"1"');
    response.writeHead(206, {
      etag: '"1"',
      ...(contentRange === '' ? {} : { 'content-range': contentRange }),
    });
    response.end(DATA.subarray(100_000));
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), faulty.staging(), [WANTED]));
  expect(error.code).toBe('no-mirror');
  expect(error.message).toContain('another part of the file');
  expect(error.expected).toContain('-299999/300000');
});

test('a total in Content-Range that is not the listed size is refused', async () => {
  const large = randomBytes(20 * MIB);
  const { url } = await faulty.serve(() => false, { large });
  const error = await errorOf(
    fetchInto(testMirror(url), faulty.staging(), [{ path: 'large', size: 30 * MIB, mtime: 1 }]),
  );
  expect(error).toMatchObject({ code: 'integrity', found: `${large.length} bytes` });
});

test('a login page in place of the file is told as that', async () => {
  const server = await faulty.serve((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html>Welcome to the hotel</html>');
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(server.url), faulty.staging(), [WANTED]));
  expect(error.code).toBe('no-mirror');
  expect(error.hint).toContain('captive portal');
  expect(server.requests.length).toBe(1);
});

test.each([401, 403])('%i is never "not found"', async (status) => {
  const server = await faulty.serve((_request, response) => {
    response.writeHead(status).end();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(server.url), faulty.staging(), [WANTED]));
  expect(error).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('refuses access'),
  });
  expect(server.requests.length).toBe(1);
  const listing = await errorOf(testMirror(server.url).listFolders('tensorflow', ['a']));
  expect(listing.message).toContain('refuses access');
});

test.each([
  ['', 'it wants a login', 'https://USER:PASSWORD@host'],
  ['ci:@', 'the password in the URL is empty', 'pull requests from forks'],
  ['ci:wrong@', 'does not accept the user name or the password', 'Check'],
])('401 to the login %j', async (login, message, hint) => {
  const server = await faulty.serve((_request, response) => {
    response.writeHead(401).end();
    return true;
  });
  const url = server.url.replace('//', `//${login}`);
  const error = await errorOf(testMirror(url).listFolders('tensorflow', ['']));
  expect(error).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  });
  expect(`${error.message}${error.where}${error.found}${error.hint}`).not.toContain('wrong');
});

test('a compressed answer is refused', async () => {
  const { url } = await faulty.serve((_request, response) => {
    response
      .writeHead(200, { 'content-encoding': 'gzip', 'content-length': DATA.length - 1 })
      .end(DATA.subarray(1));
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), faulty.staging(), [WANTED]));
  expect(error.found).toBe('Content-Encoding: gzip');
});
