import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isProxied } from '../../../src/platform/proxy/web-proxy.ts';
import { NOW, probeMirror } from '../../support/probing.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import { pages, startHttpServer, startTcpServer } from '../../support/tcp-servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { traceText } from '../../support/trace.ts';
import { startNginx } from '../../support/web-servers.ts';

const DAY = 86_400;
const html = (body: string) => ({ type: 'text/html', body });
const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });
const FOLDER = html(
  '<html><head><title>Index of /tensorflow/</title></head><body><h1>Index of /tensorflow/</h1><pre><a href="../">../</a>\n' +
    '<a href="a.whl">a.whl</a>      13-Jan-2018 10:00     123\n<a href="linux/">linux/</a>      13-Jan-2018 10:00     -\n</pre></body></html>',
);
const tunasync = (last_update_ts: number, name = 'tensorflow', status = 'success') =>
  json([{ name, status, last_update_ts, size: '1.5T' }]);

describe('a web mirror', () => {
  it('served by nginx is usable, and fresh by its trace', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'tensorflow/@tfcache'), { recursive: true });
    mkdirSync(join(root, 'tensorflow/linux'));
    const finished = new Date((NOW - 3600) * 1000).toISOString();
    writeFileSync(join(root, 'tensorflow/@tfcache/trace.json'), traceText({ finished }));
    const nginx = await startNginx([`root ${root};`, 'autoindex on;']);
    onTestFinished(() => nginx.stop());
    const found = await probeMirror(`http://127.0.0.1:${nginx.port}/{bucket}/`);
    expect(found).toMatchObject({
      verdict: 'usable',
      problem: undefined,
      content: { names: ['@tfcache/', 'linux/'] },
      freshness: { state: 'fresh', lastSync: NOW - 3600, source: '@tfcache/trace.json' },
    });
    expect(found.server).toMatch(/^nginx/);
    expect(found.roundTrips.map(({ of }) => of)).toEqual(['connect', 'answer']);

    const wrong = await probeMirror(`http://127.0.0.1:${nginx.port}/tensorflov/`);
    expect(wrong.problem).toMatchObject({
      reason: 'folder-unknown',
      message: 'The mirror has no folder /tensorflov/; beside it the mirror offers tensorflow.',
    });
  });

  it.each([
    ['/static/tunasync.json', tunasync(NOW - 3600), 'fresh'],
    ['/static/tunasync.json', tunasync(Date.UTC(2018, 0, 13) / 1000), 'stale'],
    ['/static/tunasync.json', tunasync(0), 'never'],
    ['/static/tunasync.json', tunasync(NOW, 'ubuntu'), 'not-carried'],
    ['/.mirrorz/tunasync.json', tunasync(NOW - 3600), 'fresh'],
    [
      '/static/json/mirrorz.json',
      json({ mirrors: [{ cname: 'tensorflow', url: '/tensorflow', status: `S${NOW - 9 * DAY}` }] }),
      'stale',
    ],
    ['/api/v1/metas', json([{ name: 'tensorflow', exitCode: 0, lastSuccess: NOW - 60 }]), 'fresh'],
    ['/static/tunasync.json', html('<html>all pages are this page</html>'), 'unknown'],
  ])('with the status %s is judged by it', async (path, page, state) => {
    const port = await startHttpServer(pages({ '/tensorflow/': FOLDER, [path]: page }));
    const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
    expect(found.verdict).toBe('usable');
    expect(found.freshness.state).toBe(state);
    expect(found.freshness.newestFile).toBe(Date.UTC(2018, 0, 13, 10) / 1000);
    if (state === 'unknown') expect(found.printed).toContain('not told by the mirror');
    else expect(found.freshness.source).toBe(`http://127.0.0.1:${port}${path}`);
    if (state === 'not-carried') expect(found.printed).toContain('does not name it');
  });

  it('with a stale status says since when, plainly', async () => {
    const status = tunasync(Date.UTC(2018, 0, 13) / 1000, 'tensorflow', 'failed');
    const port = await startHttpServer(
      pages({ '/tensorflow/': FOLDER, '/static/tunasync.json': status }),
    );
    const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
    expect(found.printed).toContain('last synced 2018-01-13, 8 years ago: stale; now failed');
    expect(found.printed).toMatch(/^stale /m);
  });

  it('of one bucket is listed as a bucket, without looking for a site’s status', async () => {
    const asked: string[] = [];
    const port = await startHttpServer((request, response) => {
      asked.push(request.url ?? '');
      response
        .writeHead(200, { 'content-type': 'application/xml' })
        .end(
          `<?xml version='1.0' encoding='UTF-8'?><ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'><Name>tensorflow</Name><Prefix></Prefix><IsTruncated>false</IsTruncated><Contents><Key>a.whl</Key><LastModified>2026-11-20T00:00:00.000Z</LastModified><ETag>"156efec320a9760140fcbeac740513d2"</ETag><Size>9</Size></Contents><CommonPrefixes><Prefix>linux/</Prefix></CommonPrefixes></ListBucketResult>`,
        );
    });
    const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
    expect(found).toMatchObject({
      verdict: 'usable',
      content: { names: ['linux/', 'a.whl'] },
      freshness: { newestFile: Date.UTC(2026, 10, 20) / 1000 },
    });
    expect(asked.join()).not.toContain('tunasync');
  });
});

describe('what cannot be used', () => {
  it('is a captive portal, by what it shows', async () => {
    const page = html(
      '<!DOCTYPE html><html><head><title>Hotel WiFi</title></head><form><input type="password"></form></html>',
    );
    const port = await startHttpServer((_request, response) =>
      response.writeHead(200, { 'content-type': page.type }).end(page.body),
    );
    const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'captive-portal' });
    expect(found.problem?.message).toContain('titled "Hotel WiFi"');
  });

  it('is a captive portal, by status 511 and by where it sends us', async () => {
    const status = await startHttpServer((_request, response) => response.writeHead(511).end());
    const elsewhere = await startHttpServer((_request, response) =>
      response.writeHead(302, { location: 'http://portal.hotel.example/login' }).end(),
    );
    for (const port of [status, elsewhere]) {
      const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
      expect(found.problem?.reason).toBe('captive-portal');
    }
  });

  it('is a page that lists nothing, without calling it a portal', async () => {
    const port = await startHttpServer(pages({ '/tensorflow/': html('<html>Welcome</html>') }));
    const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem?.reason).toBe('not-listable');
  });

  it.each([
    [403, 'access-denied', 'This is not "not found"'],
    [401, 'login-required', 'https://USER:PASSWORD@host'],
    [404, 'folder-unknown', 'Correct the path'],
    [429, 'mirror-busy', 'Run again later'],
    [503, 'mirror-busy', 'Run again later'],
  ])('is status %i', async (status, reason, hint) => {
    const port = await startHttpServer((_request, response) => response.writeHead(status).end());
    const found = await probeMirror(`http://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason, hint: expect.stringContaining(hint) });
  });

  it('is a port where nothing listens, a silent one, a name that does not exist', async () => {
    const refused = await probeMirror(`http://127.0.0.1:${await freePort()}/x/`);
    expect(refused.problem?.reason).toBe('connection-refused');
    const silent = await startTcpServer(() => undefined);
    expect((await probeMirror(`http://127.0.0.1:${silent}/x/`)).problem?.reason).toBe(
      'mirror-timeout',
    );
    expect((await probeMirror('https://no-such-host.invalid/x/')).problem?.reason).toBe(
      'host-not-found',
    );
  });

  it('is TLS that is none, and a certificate that nobody vouches for', async () => {
    const plain = await startHttpServer((_request, response) => response.end());
    expect((await probeMirror(`https://127.0.0.1:${plain}/x/`)).problem?.reason).toBe(
      'tls-unsupported',
    );
    const folder = temporaryFolder();
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = spawnSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'key',
        '-out',
        'cert',
        ...subject,
      ],
      { cwd: folder },
    );
    expect(made.status).toBe(0);
    const [key, cert] = ['key', 'cert'].map((name) => readFileSync(join(folder, name)));
    const server = createTlsServer({ key, cert }, (_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const found = await probeMirror(`https://127.0.0.1:${port}/x/`);
    expect(found.problem).toMatchObject({ reason: 'certificate-untrusted' });
    expect(found.problem?.hint).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('is plain http to a host that is not this machine', async () => {
    const environment = { PATH: process.env['PATH'], http_proxy: 'http://127.0.0.1:1' };
    const found = await probeMirror('http://mirror.invalid/x/', { environment });
    expect(found.problem?.reason).toBe('mirror-invalid');
  });

  it('is a proxy that refuses CONNECT', async () => {
    const proxy = await startTcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'));
    });
    const environment = { PATH: process.env['PATH'], https_proxy: `http://127.0.0.1:${proxy}` };
    const found = await probeMirror('https://mirror.invalid/x/', { environment });
    expect(found.problem).toMatchObject({ reason: 'proxy-refused' });
    expect(found.problem?.message).toContain('refuses to connect to mirror.invalid');
  });
});

describe('names and passwords', () => {
  it('go to the mirror, and are not shown', async () => {
    const seen: (string | undefined)[] = [];
    const port = await startHttpServer((request, response) => {
      seen.push(request.headers.authorization);
      pages({ '/tensorflow/': FOLDER })(request, response);
    });
    const found = await probeMirror(`http://ci:geheim@127.0.0.1:${port}/tensorflow/`);
    expect(found.verdict).toBe('usable');
    expect(seen[0]).toBe(`Basic ${Buffer.from('ci:geheim').toString('base64')}`);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });
});

describe('the proxy of the environment', () => {
  const url = new URL('https://mirror.example/x/');
  it.each([
    [{}, false],
    [{ https_proxy: 'http://p:1' }, true],
    [{ HTTPS_PROXY: 'p:1' }, true],
    [{ http_proxy: 'http://p:1' }, false],
    [{ https_proxy: 'http://p:1', no_proxy: 'example' }, false],
    [{ https_proxy: 'http://p:1', no_proxy: 'a.example, .mirror.example' }, false],
    [{ https_proxy: 'http://p:1', no_proxy: 'mirror.example:444' }, true],
    [{ https_proxy: 'http://p:1', no_proxy: 'ror.example' }, true],
    [{ https_proxy: 'http://p:1', NO_PROXY: '*' }, false],
  ])('%j', (environment, expected) => {
    expect(isProxied(url, environment)).toBe(expected);
  });
});
