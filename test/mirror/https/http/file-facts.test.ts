import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createPackageIndex } from '../../../../src/mirror/package-index/package-index.ts';
import { LAST_MODIFIED, startFaultyHttp } from '../../../support/faulty-http.ts';
import { errorOf, recordingLog, testMirror } from '../../../support/https-mirror.ts';

const WHEEL = Buffer.alloc(70_000, 'w');
const NAME = 'demo-1-py3-none-any.whl';

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What an index in HTML tells of its one wheel, and what the server of the wheel was asked. */
async function sizeBy(answer: Answer, content = WHEEL) {
  const files = await startFaultyHttp({ [NAME]: content }, answer);
  const server = await startFaultyHttp({}, (_request, response) => {
    const link = `<a href="${files.url}${NAME}?signature=s">${NAME}</a>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(link);
    return true;
  });
  onTestFinished(async () => {
    await files.stop();
    await server.stop();
  });
  const index = createPackageIndex({
    url: server.url,
    timeout: 5,
    retries: 1,
    firstPauseSeconds: 0.01,
    bandwidthLimit: undefined,
    connections: undefined,
    environment: {},
    log: recordingLog().log,
  });
  const entries = (await index.listProject('demo')) ?? [];
  const listed = index.completeFiles(entries);
  return { listed, asked: () => files.requests.map((line) => line.replace(` ${NAME}`, '')) };
}

const status =
  (code: number): Answer =>
  ({ method }, response) => {
    if (method !== 'HEAD') return false;
    response.writeHead(code).end();
    return true;
  };

/** The whole file in chunks, without a length. */
function chunked(response: ServerResponse): true {
  response.writeHead(200, { 'last-modified': LAST_MODIFIED });
  response.write(WHEEL.subarray(0, 1000));
  response.end(WHEEL.subarray(1000));
  return true;
}

test.each([400, 401, 403, 404, 405, 410, 500, 501, 502, 503])(
  'HEAD answered by %i: one byte is asked for',
  async (code) => {
    const { listed, asked } = await sizeBy(status(code));
    expect(await listed).toMatchObject([{ path: NAME, size: WHEEL.length, mtime: 1_641_361_510 }]);
    expect(asked()).toEqual(['HEAD', 'GET bytes=0-0']);
  },
);

const HARDER: readonly [string, Answer, readonly string[]][] = [
  [
    'HEAD breaks the connection off',
    ({ method, socket }) => {
      if (method === 'HEAD') socket.destroy();
      return method === 'HEAD';
    },
    ['HEAD', 'GET bytes=0-0'],
  ],
  [
    'HEAD gives its own length, 0',
    ({ method }, response) => {
      if (method === 'HEAD') response.writeHead(200, { 'content-length': 0 }).end();
      return method === 'HEAD';
    },
    ['HEAD', 'GET bytes=0-0'],
  ],
  [
    'ranges are refused',
    ({ method, headers }, response) => {
      const refused = method === 'HEAD' || headers.range !== undefined;
      if (refused) response.writeHead(403).end();
      return refused;
    },
    ['HEAD', 'GET bytes=0-0', 'GET'],
  ],
  [
    'a range is answered without the length of the whole',
    ({ method, headers }, response) => {
      if (method === 'HEAD') response.writeHead(403).end();
      else if (headers.range === undefined) return false;
      else response.writeHead(206, { 'content-range': 'bytes 0-0/*' }).end('w');
      return true;
    },
    ['HEAD', 'GET bytes=0-0', 'GET'],
  ],
  [
    'no answer has a length',
    ({ method }, response) => {
      if (method !== 'HEAD') return chunked(response);
      response.writeHead(404).end();
      return true;
    },
    ['HEAD', 'GET bytes=0-0', 'GET'],
  ],
];

test.each(HARDER)('%s', async (_what, answer, requests) => {
  const { listed, asked } = await sizeBy(answer);
  expect(await listed).toMatchObject([{ size: WHEEL.length }]);
  expect(asked()).toEqual(requests);
});

test('an empty file', async () => {
  const { listed } = await sizeBy(({ method }, response) => {
    if (method === 'HEAD') response.writeHead(403).end();
    else response.writeHead(416, { 'content-range': 'bytes */0' }).end();
    return true;
  }, Buffer.alloc(0));
  expect(await listed).toMatchObject([{ size: 0 }]);
});

test('only the answer to GET says that a file is missing', async () => {
  const { listed, asked } = await sizeBy((_request, response) => {
    response.writeHead(404).end();
    return true;
  });
  expect(await listed).toEqual([]);
  expect(asked()).toEqual(['HEAD', 'GET bytes=0-0']);
});

test('what GET refuses, too, is refused; 429 is not asked again at once', async () => {
  const refused = await sizeBy((_request, response) => {
    response.writeHead(403).end();
    return true;
  });
  const error = await errorOf(refused.listed);
  expect(error.code).toBe('configuration');
  expect(error.message).toContain('403');
  expect(`${error.where}`).not.toContain('signature');
  const busy = await sizeBy(status(429));
  expect((await errorOf(busy.listed)).message).toContain('429');
  expect(busy.asked()).toEqual(['HEAD', 'HEAD']);
});

test('a folder’s files are not read to be counted', async () => {
  const page = `<title>Index of /</title><a href="a.whl">a.whl</a> 05-Jan-2022 05:45 1.2K`;
  const server = await startFaultyHttp({}, ({ method, url }, response) => {
    if (url?.endsWith('.whl') !== true) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    } else if (method === 'HEAD') response.writeHead(403).end();
    else return chunked(response);
    return true;
  });
  onTestFinished(() => server.stop());
  const error = await errorOf(testMirror(server.url).listFolders('tensorflow', ['']));
  expect(error.message).toContain('how long a file is');
});
