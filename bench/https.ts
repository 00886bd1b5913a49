/**
 * Pulling over HTTPS, verified and published, compared with `curl` and `sha256sum` one after the other.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/support/rsync-daemon.ts';
import { startNginx } from '../test/support/web-servers.ts';
import { MAIN, NODE, stepEnvironment } from './action.ts';
import { type Comparison, compare, type Result, time } from './measure.ts';
import { writeRandom } from './trees.ts';

const MEBIBYTE = 1024 * 1024;

/** @param mebibytes of the one file; 1,024 for the numbers in docs/benchmarks.md. */
export async function benchHttps(rounds: number, mebibytes = 1024): Promise<Result[]> {
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-https-'));
  const [tree, step, plain] = ['tree', 'step', 'plain'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(tree);
  const [key, certificate] = [join(base, 'key'), join(base, 'certificate')];
  writeCertificate(key, certificate);
  const port = await freePort();
  const folder = (path: string, line = ''): string =>
    `location ${path} { alias ${tree}/; autoindex on; autoindex_format json; ${line} }`;
  const nginx = await startNginx([
    `listen 127.0.0.1:${port} ssl;`,
    `ssl_certificate ${certificate};`,
    `ssl_certificate_key ${key};`,
    'sendfile on;',
    folder('/'),
    folder('/limited/', 'limit_rate 20m;'),
  ]);
  const prepare = (): void => {
    for (const used of [step, plain]) rmSync(used, { recursive: true, force: true });
    mkdirSync(plain);
  };
  const against = (name: string, url: string, goal: string): Comparison => ({
    name,
    goal,
    unit: 'times as fast',
    ours: {
      name: 'tfcache',
      prepare,
      run: () =>
        time(
          NODE,
          [MAIN],
          stepEnvironment(
            step,
            { artifacts: 'path:file.bin', mirrors: url, cache: 'none', path: 'artifacts' },
            { NODE_EXTRA_CA_CERTS: certificate },
          ),
        ),
    },
    theirs: {
      name: 'curl, then sha256sum',
      prepare,
      run: () =>
        time('sh', [
          '-c',
          'curl -sS --fail --cacert "$1" -o "$2/file.bin" "$3" && sha256sum "$2/file.bin"',
          'sh',
          certificate,
          plain,
          `${url}file.bin`,
        ]),
    },
  });
  try {
    writeRandom(join(tree, 'file.bin'), mebibytes * MEBIBYTE);
    const size = `${mebibytes.toLocaleString('en')} MiB`;
    const whole = `https://127.0.0.1:${port}/`;
    const [plainHttp, limited] = [`http://127.0.0.1:${nginx.port}/`, `${whole}limited/`];
    return [
      await compare(against(`https, ${size}`, whole, 'at least 1'), rounds),
      await compare(against(`http, ${size}`, plainHttp, 'at least 1'), rounds),
      await compare(
        against(`https at 20 MiB/s a connection, ${size}`, limited, 'at least 3'),
        rounds,
      ),
    ];
  } finally {
    await nginx.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

function writeCertificate(key: string, certificate: string): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
}
