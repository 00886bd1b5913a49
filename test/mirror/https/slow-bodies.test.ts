import { afterEach, expect, test } from 'vitest';
import { type FaultyServer, startFaultyHttp } from '../../support/faulty-http.ts';
import { errorOf, testMirror } from '../../support/https-mirror.ts';

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const index = '<title>Index of /</title><pre>';

test.each([
  ['a folder’s page', index],
  ['a folder in JSON', '['],
  ['a bucket’s page', '<ListBucketResult>'],
])(
  '%s that drips faster than a stalled transfer ends after five timeouts',
  async (_name, start) => {
    server = await startFaultyHttp({}, (_request, response) => {
      response.write(start);
      const timer = setInterval(() => response.write(' '.repeat(4096)), 200);
      response.on('close', () => clearInterval(timer));
      return true;
    });
    const mirror = testMirror(server.url, { timeout: 1, retries: 3 });
    const error = await errorOf(mirror.listFolders('tensorflow', ['a']));
    expect(error.code).toBe('no-mirror');
    expect(`${error.message} ${error.expected}`).toContain('within 5 seconds');
  },
  40_000,
);

test('pages without end end after thirty timeouts', async () => {
  let page = 0;
  server = await startFaultyHttp({}, (request, response) => {
    page += 1;
    const token = `<IsTruncated>true</IsTruncated><NextContinuationToken>${page}</NextContinuationToken>`;
    const wait = request.url?.includes('max-keys=1') === true ? 0 : 50;
    setTimeout(() => response.end(`<ListBucketResult>${token}</ListBucketResult>`), wait);
    return true;
  });
  const mirror = testMirror(server.url, { timeout: 0.1 });
  const error = await errorOf(mirror.listTree('tensorflow', ''));
  expect(error.code).toBe('no-mirror');
  expect(error.message).toContain('does not end');
  expect(page).toBeLessThan(100);
}, 40_000);
