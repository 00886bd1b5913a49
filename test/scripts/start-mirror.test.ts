import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function takenPort(): Promise<number> {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function start(folder: string, firstPort: number, portsToTry = 20) {
  const output = join(folder, 'output');
  const script = join(ROOT, '.github/self-test/start-mirror.sh');
  const run = spawnSync(
    'bash',
    [script, join(folder, 'mirror'), String(firstPort), String(portsToTry)],
    {
      encoding: 'utf8',
      env: { ...process.env, GITHUB_OUTPUT: output },
      // The daemon keeps what it inherits.
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const pidFile = join(folder, 'mirror/rsyncd.pid');
  onTestFinished(() => {
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')));
  });
  return { ...run, output: existsSync(output) ? readFileSync(output, 'utf8') : '' };
}

test('takes the next port if the first is taken, and says which', async () => {
  const folder = temporaryFolder();
  const first = await takenPort();
  const { status, stdout, output } = start(folder, first);
  expect(status).toBe(0);
  const port = Number(/^rsync:\/\/127\.0\.0\.1:(\d+)\/\{bucket\}\/\n$/.exec(stdout)?.[1]);
  expect(port).toBeGreaterThan(first);
  expect(output).toBe(`url=${stdout}`);
  const listed = spawnSync('rsync', [`rsync://127.0.0.1:${port}/tensorflow/models/small/`]);
  expect(listed.stdout.toString()).toContain('part-5.bin');

  const again = start(folder, first);
  expect(again.status).toBe(1);
  expect(again.stderr).toContain('runs already');
});

test('fails at once if no port is free', async () => {
  const folder = temporaryFolder();
  const first = await takenPort();
  const { status, stdout, stderr, output } = start(folder, first, 1);
  expect(status).toBe(1);
  expect(stdout + output).toBe('');
  expect(stderr).toContain(`no free port from ${first} to ${first}`);
  expect(stderr).toContain('Address already in use');
});
