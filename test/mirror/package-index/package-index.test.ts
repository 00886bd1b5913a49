import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createPackageIndex } from '../../../src/mirror/package-index/package-index.ts';
import {
  parseProjectHtml,
  parseProjectJson,
} from '../../../src/mirror/package-index/project-page.ts';
import { type FaultyServer, startFaultyHttp } from '../../support/faulty-http.ts';
import { errorOf, recordingLog, temporaryFolder } from '../../support/https-mirror.ts';

const wheel = randomBytes(70_000);
const sha256 = createHash('sha256').update(wheel).digest('hex');
const name = 'tensorflow_cpu-2.15.0-cp311-cp311-manylinux_2_17_x86_64.whl';

let server: FaultyServer | undefined;
let files: FaultyServer | undefined;
afterEach(async () => {
  await server?.stop();
  await files?.stop();
});

const pages = (host: string) => ({
  html: `<!DOCTYPE html><html><head><meta name="pypi:repository-version" content="1.1"></head><body>
<a href="${host}packages/${name}#sha256=${sha256}" data-requires-python="&gt;=3.9">${name}</a>
<a href="${host}packages/old.whl#sha256=${sha256}" data-yanked="broken">old.whl</a>
<a href="${host}x#sha256=${sha256}">../../evil.whl</a></body></html>`,
  json: JSON.stringify({
    meta: { 'api-version': '1.1' },
    name: 'tensorflow-cpu',
    files: [
      {
        filename: name,
        url: `${host}packages/${name}`,
        hashes: { sha256 },
        'requires-python': '>=3.9',
        size: wheel.length,
        'upload-time': '2022-01-05T05:45:10.123Z',
        yanked: false,
      },
      {
        filename: 'old.whl',
        url: `${host}packages/old.whl`,
        hashes: { sha256 },
        size: 1,
        'upload-time': '2022-01-05T05:45:10Z',
        yanked: 'broken',
      },
    ],
  }),
});

async function open(form: 'html' | 'json') {
  files = await startFaultyHttp({ [`packages/${name}`]: wheel });
  const body = pages(files.url)[form];
  server = await startFaultyHttp({}, (request, response) => {
    if (request.url !== '/simple/tensorflow-cpu/') return false;
    expect(request.headers.accept).toContain('application/vnd.pypi.simple.v1+json');
    response.writeHead(200, {
      'content-type': form === 'json' ? 'application/vnd.pypi.simple.v1+json' : 'text/html',
    });
    response.end(body);
    return true;
  });
  return createPackageIndex({
    url: `${server.url}simple`,
    timeout: 5,
    retries: 1,
    firstPauseSeconds: 0.01,
    bandwidthLimit: undefined,
    connections: undefined,
    environment: {},
    log: recordingLog().log,
  });
}

test.each(['html', 'json'] as const)(
  'an index in %s: names, sizes, digests, and the file itself',
  async (form) => {
    const index = await open(form);
    const entries = (await index.listProject('TensorFlow_CPU')) ?? [];
    const listed = await index.completeFiles(entries.filter((entry) => entry.name === name));
    expect(listed).toEqual([
      {
        path: name,
        size: wheel.length,
        mtime: 1_641_361_510,
        digests: [{ algorithm: 'sha256', value: sha256, source: 'listing' }],
        url: `${files?.url}packages/${name}`,
        requiresPython: '>=3.9',
        yanked: false,
      },
    ]);
    // JSON tells sizes; HTML does not, and only what is wanted is asked for.
    expect(files?.requests).toEqual(form === 'json' ? [] : [`HEAD packages/${name}`]);
    const temporary = temporaryFolder();
    const arrived: string[] = [];
    await index.fetch(listed, temporary.folder, {
      onFile: (path) => arrived.push(path),
      onBytes: () => undefined,
    });
    expect(arrived).toEqual([name]);
    expect(readFileSync(join(temporary.folder, name)).equals(wheel)).toBe(true);
    temporary.remove();
  },
);

test('links that are no wheels are not listed, unknown projects are told', async () => {
  const index = await open('html');
  const entries = await index.listProject('tensorflow-cpu');
  expect(entries?.map((entry) => entry.name)).toEqual([name, 'old.whl']);
  expect(await index.listProject('no-such-project')).toBeUndefined();
});

test('yanked files are marked, other major versions and other pages are refused', async () => {
  const page = new URL('https://host/simple/x/');
  const html = await parseProjectHtml(pages('https://h/').html, page);
  expect(html.wheels.map(({ yanked }) => yanked)).toEqual([false, true]);
  const json = parseProjectJson(pages('https://h/').json, page);
  expect(json.wheels.map(({ yanked }) => yanked)).toEqual([false, true]);
  expect(() => parseProjectJson('{"meta":{"api-version":"2.0"},"files":[]}', page)).toThrow(
    'version 2.0',
  );
  await expect(
    parseProjectHtml('<meta name="pypi:repository-version" content="2.0">', page),
  ).rejects.toThrow('version 2.0');
  const index = await open('json');
  await server?.stop();
  expect((await errorOf(index.listProject('tensorflow-cpu'))).code).toBe('no-mirror');
});
