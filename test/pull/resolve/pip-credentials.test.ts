import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../../support/engine.ts';
import { pythonWith } from '../../support/python.ts';

/** Runs `pip download` of one project for each address and netrc on standard input, in one process. */
const DOWNLOAD = `
import json, os, sys
from pip._internal.cli.main import main
for project, url, netrc in json.load(sys.stdin):
    os.environ["NETRC"] = netrc
    main(["download", "-q", "--no-input", "--retries", "0", "--index-url", url, project])
`;

const python = pythonWith('pip._internal.cli.main');

const NETRC = 'machine 127.0.0.1 login from-netrc password netrc-s3cret\n';

/** The user part of the index URL, the content of netrc, and the login that is sent. */
const CASES: readonly [string, string, string | undefined][] = [
  ['', '', undefined],
  ['user:s3cret@', '', 'user:s3cret'],
  ['user:s3cret@', NETRC, 'user:s3cret'],
  [':t0ken-s3cret@', '', ':t0ken-s3cret'],
  [':t0ken-s3cret@', NETRC, ':t0ken-s3cret'],
  ['t0ken-s3cret@', '', 't0ken-s3cret:'],
  ['', NETRC, 'from-netrc:netrc-s3cret'],
  ['us%40er:s3%3Acret@', '', 'us@er:s3:cret'],
  ['', NETRC.replace('machine 127.0.0.1', 'default'), 'from-netrc:netrc-s3cret'],
];

let room: Room;
/** The headers `Authorization` of the requests for each project. */
const seen = new Map<string, (string | undefined)[]>();
const server = createServer((request, response) => {
  const project = request.url?.split('/').at(-2) ?? '';
  seen.set(project, [...(seen.get(project) ?? []), request.headers.authorization]);
  response.writeHead(404).end();
});

const cases = CASES.map(([login, netrc, sent], index) => ({ login, netrc, sent, index }));

function urlWith(login: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `http://${login}127.0.0.1:${address.port}/simple/`;
}

const netrcOf = (index: number) => join(room.folder, `netrc-${index}`);

beforeAll(async () => {
  room = makeRoom();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const { netrc, index } of cases) writeFileSync(netrcOf(index), netrc);
  if (python === undefined) return;
  const pip = promisify(execFile)(python, ['-c', DOWNLOAD], {
    env: { ...process.env, PIP_CONFIG_FILE: '/dev/null' },
  });
  const wanted = cases.map(({ login, index }) => [`pip-${index}`, urlWith(login), netrcOf(index)]);
  pip.child.stdin?.end(JSON.stringify(wanted));
  await pip;
});

afterAll(() => {
  server.close();
  room.remove();
});

test.for(cases)('login $login, netrc $netrc: sends $sent, as pip does', async (one) => {
  const url = urlWith(one.login);
  const environment = {
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: url,
    NETRC: netrcOf(one.index),
  };
  const expected = one.sent && `Basic ${Buffer.from(one.sent).toString('base64')}`;

  for (const [name, mirrors] of Object.entries({ pip: 'pypi=pip', url: `pypi=${url}` })) {
    const project = `ours-${name}-${one.index}`;
    const log = recordingLog();
    const { error, report } = await room.pull({
      artifacts: `wheel:${project}`,
      mirrors,
      environment,
      log,
    });
    expect(error?.code).toBe('nothing-matched');
    expect(seen.get(project)).toEqual([expected]);
    const told = `${log.lines.join('\n')}${JSON.stringify(report)}${JSON.stringify(error)}`;
    expect(told).not.toMatch(/s3cret|s3%3Acret/);
  }
  if (python !== undefined) expect(seen.get(`pip-${one.index}`)?.[0]).toBe(expected);
});

test('netrc has the password of a user in the URL without one', async () => {
  const url = urlWith('user@');
  const netrc = join(room.folder, 'netrc-user');
  writeFileSync(netrc, NETRC);
  const environment = { NETRC: netrc };
  await room.pull({ artifacts: 'wheel:alone', mirrors: `pypi=${url}`, environment });
  const header = `Basic ${Buffer.from('from-netrc:netrc-s3cret').toString('base64')}`;
  expect(seen.get('alone')).toEqual([header]);
});
