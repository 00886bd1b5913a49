import { describe, expect, test } from 'vitest';
import { ListingBudget, ListingCollector } from '../../../src/mirror/listing-collector.ts';
import { useFaultyMirror } from '../../support/faulty-mirror.ts';
import { errorOf, recordingLog, testMirror } from '../../support/https-mirror.ts';
import { thrownBy } from '../../support/thrown.ts';

const MIB = 1024 * 1024;
const faulty = useFaultyMirror();

test('hostile names in a folder’s page are left out and told', async () => {
  const links = [
    '../up.whl',
    '/etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/x',
    'http://192.0.2.1/other.whl',
    'new%0aline.whl',
    'nul%00.whl',
    '%ff%fe.whl',
    '?C=N;O=D',
    'sub/deeper.whl',
    'good%22name%22.whl',
    'folder/',
    '..%2f/',
  ];
  const page = `<html><title>Index of /</title>${links.map((link) => `<a href="${link}">x</a> 05-Jan-2022 05:45 10\n`).join('')}</html>`;
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    return true;
  });
  const { log, lines } = recordingLog();
  const [listing] = await testMirror(url, { log }).listFolders('tensorflow', ['a']);
  expect(listing?.files.map(({ path }) => path)).toEqual(['a/good"name".whl']);
  expect(listing?.folders).toEqual(['folder']);
  expect(lines.join('\n')).toMatch(/warning: .* 4 names .* not safe/);
});

test('a key in XML that is no UTF-8 costs that name alone', async () => {
  const key = (name: string) =>
    `<Contents><Key>${name}</Key><LastModified>2022-01-05T05:45:10Z</LastModified><Size>3</Size></Contents>`;
  const folder = '<CommonPrefixes><Prefix>a/%FF/</Prefix></CommonPrefixes>';
  const body = `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>${key('a/%ED%A0%80.whl')}${key('a/%.whl')}${key('a/ok.whl')}${folder}</ListBucketResult>`;
  const { log, lines } = recordingLog();
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
    return true;
  });
  const [listing] = await testMirror(url, { log }).listFolders('tensorflow', ['a']);
  expect(listing?.files.map(({ path }) => path)).toEqual(['a/ok.whl']);
  expect(listing?.folders).toEqual([]);
  expect(lines.join('\n')).toMatch(/warning: .* 3 names .* not safe .*half of a character/);
});

test('half of a character in a listing in JSON costs that name alone', async () => {
  const { log, lines } = recordingLog();
  const entry = (name: string, type: string) =>
    `{"name":"${name}","type":"${type}","size":3,"mtime":"Wed, 05 Jan 2022 05:45:10 GMT"}`;
  const body = `[${entry('\\ud800.whl', 'file')},${entry('ok.whl', 'file')},${entry('\\udc00', 'directory')}]`;
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    return true;
  });
  const [listing] = await testMirror(url, { log }).listFolders('tensorflow', ['a']);
  expect(listing?.files.map(({ path }) => path)).toEqual(['a/ok.whl']);
  expect(listing?.folders).toEqual([]);
  expect(lines.join('\n')).toMatch(/warning: .* 2 names .* not safe .*half of a character/);
});

test('hostile keys in a bucket’s XML are left out and told', async () => {
  const keys = ['../../x', '/abs', 'a//b', 'ok.whl', 'line&#10;break', 'a/../../b', 'folder/'];
  const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${keys.map((key) => `<Contents><Key>${key}</Key><LastModified>2022-01-05T05:45:10Z</LastModified><Size>3</Size></Contents>`).join('')}</ListBucketResult>`;
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
    return true;
  });
  const { log, lines } = recordingLog();
  const files = await testMirror(url, { log }).listTree('tensorflow', '');
  expect(files.map(({ path }) => path)).toEqual(['ok.whl']);
  expect(lines.join('\n')).toMatch(/5 names/);
});

test('a listing of a million names ends in an error, with memory bounded', async () => {
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write('<title>Index of /</title>');
    let count = 0;
    const pour = () => {
      while (count < 1_000_000) {
        let rows = '';
        for (let row = 0; row < 1000; row += 1) {
          count += 1;
          rows += `<a href="tensorflow-${count}-cp311-linux_x86_64.whl">t</a> 05-Jan-2022 05:45 10\n`;
        }
        if (!response.write(rows)) return;
      }
      response.end();
    };
    response.on('drain', pour);
    pour();
    return true;
  });
  const before = process.memoryUsage().rss;
  const error = await errorOf(testMirror(url).listFolders('tensorflow', ['']));
  expect(error.message).toContain('does not end where any listing should');
  expect(process.memoryUsage().rss - before).toBeLessThan(250 * MIB);
});

test('pages of keys without end, and pages in a circle, end in an error', async () => {
  let page = 0;
  const server = await faulty.serve((_request, response) => {
    page += 1;
    const keys = Array.from(
      { length: 1000 },
      (_, key) =>
        `<Contents><Key>k${page}-${key}</Key><Size>1</Size><LastModified>2022-01-05T05:45:10Z</LastModified></Contents>`,
    );
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<ListBucketResult>${keys.join('')}<IsTruncated>true</IsTruncated><NextContinuationToken>${page}</NextContinuationToken></ListBucketResult>`,
      );
    return true;
  });
  const error = await errorOf(testMirror(server.url).listTree('tensorflow', ''));
  expect(error.message).toContain('more names than anything should hold');
  await server.stop();
  const circle = await faulty.serve((_request, response) => {
    response.end(
      '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>',
    );
    return true;
  });
  expect((await errorOf(testMirror(circle.url).listTree('tensorflow', ''))).message).toContain(
    'circle',
  );
});

describe('many folders with many names', () => {
  /** Folders `f0/`, `f1/`, …, each with the same page. */
  async function serveFolders(page: string) {
    const { url, requests } = await faulty.serve((request, response) => {
      const isRoot = new URL(request.url ?? '', 'http://x').pathname === '/';
      const links = Array.from({ length: 9000 }, (_, index) => `<a href="f${index}/">f</a>`);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<title>Index of /</title>${isRoot ? links.join('') : page}`);
      return true;
    });
    return { mirror: testMirror(url), requests };
  }
  const row = (index: number) => `<a href="x${index}.whl">x</a> 05-Jan-2022 05:45 10\n`;

  // Few more requests than are needed to see it: those that were on their way.
  test('a tree ends while it is read', async () => {
    const names = Array.from({ length: 40_000 }, (_, index) => row(index)).join('');
    const { mirror, requests } = await serveFolders(names);
    const error = await errorOf(mirror.listTree('tensorflow', ''));
    expect(error).toMatchObject({ code: 'no-mirror', expected: 'at most 200000 names' });
    expect(requests.length).toBeLessThan(25);
  });

  test('folders that are asked for together end while they are read, by their text', async () => {
    // One name each, which could keep megabytes in memory.
    const { mirror, requests } = await serveFolders(`${row(1)}<!--${' '.repeat(28 * MIB)}-->`);
    const folders = Array.from({ length: 9000 }, (_, index) => `f${index}`);
    const error = await errorOf(mirror.listFolders('tensorflow', folders));
    expect(error).toMatchObject({ code: 'no-mirror', expected: 'at most 512 MiB of pages' });
    expect(requests.length).toBeLessThan(40);
  });

  test('and by their names', () => {
    const budget = new ListingBudget(1000);
    const add = (folder: string) => {
      const collected = new ListingCollector<number>(folder, budget);
      for (let index = 0; index < 400; index += 1) collected.addFile(`${folder}/${index}`, index);
    };
    add('one');
    add('two');
    expect(thrownBy(() => add('three'))).toMatchObject({
      where: 'three',
      expected: 'at most 1000 names',
    });
  });
});

test('a folder of 190,000 names is listed in a tree', async () => {
  const row = (index: number) => `<a href="x${index}">x</a> 05-Jan-2022 05:45 10\n`;
  const rows = Array.from({ length: 190_000 }, (_, index) => row(index)).join('');
  const { url } = await faulty.serve((request, response) => {
    const isRoot = new URL(request.url ?? '', 'http://x').pathname === '/';
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<title>Index of /</title>${isRoot ? '<a href="a/">a</a>' : rows}`);
    return true;
  });
  expect(await testMirror(url).listTree('tensorflow', '')).toHaveLength(190_000);
});

test.each(['xml', 'json'])(
  'a continuation token of a megabyte ends in an error: %s',
  async (form) => {
    let count = 0;
    const { url, requests } = await faulty.serve((request, response) => {
      count += 1;
      const token = 'x'.repeat(MIB) + count;
      response.end(
        form === 'json' && request.url?.includes('/storage/v1/') === true
          ? JSON.stringify({ nextPageToken: token })
          : `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>${token}</NextContinuationToken></ListBucketResult>`,
      );
      return true;
    });
    const environment = form === 'json' ? { STORAGE_EMULATOR_HOST: url.replace(/\/$/, '') } : {};
    const mirror = testMirror(form === 'json' ? `${url}tensorflow/` : url, { environment });
    const error = await errorOf(mirror.listTree('tensorflow', ''));
    expect(error.message).toContain('token that is too long');
    expect(requests.length).toBeLessThan(3);
  },
);

test('folders that hold themselves end in an error', async () => {
  const { url } = await faulty.serve((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<title>Index of /</title><a href="again/">again/</a>');
    return true;
  });
  expect((await errorOf(testMirror(url).listTree('tensorflow', ''))).message).toContain(
    'too large',
  );
});

test('a web page that is no listing is told as that', async () => {
  const { url } = await faulty.serve((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><title>Welcome</title><a href="x.whl">x</a>');
    return true;
  });
  const error = await errorOf(testMirror(url).listFolders('tensorflow', ['']));
  expect(error.message).toContain('not a listing');
  expect(error.hint).toContain('captive portal');
});
