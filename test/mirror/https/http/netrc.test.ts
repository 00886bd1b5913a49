import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNetrcAuthorization, parseNetrc } from '../../../../src/mirror/https/http/netrc.ts';
import { pythonWith } from '../../../support/python.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** What Python's own module makes of each text, as Python 3.11 and later do. */
const ASK_PYTHON = `
import json, netrc, os, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    for text in json.load(sys.stdin):
        path = os.path.join(folder, "netrc")
        with open(path, "w", newline="") as file:
            file.write(text)
        try:
            hosts = netrc.netrc(path).hosts
        except netrc.NetrcParseError:
            print("null")
            continue
        print(json.dumps({host: [login or account, password] for host, (login, account, password) in hosts.items()}))
`;

const word = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('machine', 'login', 'password', 'default', 'account') },
  { weight: 6, arbitrary: fc.constantFrom('host', 'other.host', 'me', 's3cret', '"a b"', 'a\\ b') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('macdef m', '"', '\\', 'user', '"x\\"y"', '""'),
  },
);
const space = fc.constantFrom(' ', '\n', ' ', '\n', '\t', '\r\n', '\n\n', '\n ');
const entry = fc
  .tuple(
    fc.constantFrom('machine host', 'machine two', 'default'),
    fc.array(word, { maxLength: 2 }),
  )
  .map(([head, more]) => `${head} login me password "s e" ${more.join(' ')}\n`);
const text = fc
  .array(fc.oneof(fc.tuple(word, space), fc.tuple(entry, fc.constant(''))), { maxLength: 9 })
  .map((parts) => parts.flat().join(''));

const python = pythonWith('netrc', "__import__('sys').version_info >= (3, 11)");

test.skipIf(python === undefined)('netrc files are read as Python reads them', () => {
  const texts = fc.sample(text, { numRuns: 2000, seed: 8 });
  const output = execFileSync(python ?? '', ['-c', ASK_PYTHON], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  const theirs = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const ours = texts.map((one) => {
    const hosts = parseNetrc(one);
    return hosts === undefined
      ? null
      : Object.fromEntries(
          [...hosts].map(([host, login]) => [host, [login?.user ?? '', login?.password ?? '']]),
        );
  });
  for (const [index, one] of texts.entries())
    expect([one, ours[index]]).toEqual([one, theirs[index]]);
  expect(ours.filter((one) => one === null).length).toBeGreaterThan(100);
  expect(ours.filter((one) => one !== null && Object.keys(one).length > 0).length).toBeGreaterThan(
    100,
  );
});

test('comments go to the end of their line', () => {
  const netrc = parseNetrc(
    '# one\n\n  #two machine no login x password y\nmachine host # three login no\n login me\n#\npassword #s3cret\n',
  );
  expect(netrc).toEqual(new Map([['host', { user: 'me', password: '#s3cret' }]]));
});

describe('whom a login is sent to', () => {
  const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;
  const FILE = 'machine files.example login ci password f\ndefault login any password d\n';
  const inHome = (name: string, content = FILE): NodeJS.ProcessEnv => {
    const home = temporaryFolder();
    writeFileSync(join(home, name), content);
    return { HOME: home };
  };
  const ask = (environment: NodeJS.ProcessEnv, url: string) =>
    createNetrcAuthorization(environment, 'https://index.example')(new URL(url));

  test('the host that has one; the default to the index alone', () => {
    const environment = inHome('.netrc');
    expect(ask(environment, 'https://files.example/x')).toBe(basic('ci:f'));
    expect(ask(environment, 'https://files.example:8443/x')).toBe(basic('ci:f'));
    expect(ask(environment, 'https://index.example/simple/')).toBe(basic('any:d'));
    expect(ask(environment, 'https://elsewhere.example/x')).toBeUndefined();
  });

  test('~/_netrc, and the file that NETRC names', () => {
    expect(ask(inHome('_netrc'), 'https://files.example/')).toBe(basic('ci:f'));
    const named = { ...inHome('.netrc', ''), NETRC: join(inHome('n')['HOME'] ?? '', 'n') };
    expect(ask(named, 'https://files.example/')).toBe(basic('ci:f'));
  });

  test('none from a file that is not there, no file, or broken', () => {
    expect(ask({ HOME: '/nowhere' }, 'https://files.example/')).toBeUndefined();
    expect(ask({ HOME: '/', NETRC: '/dev/zero' }, 'https://files.example/')).toBeUndefined();
    expect(ask(inHome('.netrc', `${FILE} nonsense`), 'https://files.example/')).toBeUndefined();
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.netrc'));
    expect(ask({ HOME: folder }, 'https://files.example/')).toBeUndefined();
  });
});
