import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { isProxyBypassed } from '../../../src/platform/proxy/no-proxy.ts';

const cases: [string, string, number, boolean][] = [
  // NO_PROXY, host, port, directly
  ['', 'mirror.example', 443, false],
  [' , ,', 'mirror.example', 443, false],
  ['*', 'mirror.example', 443, true],
  ['a.example,*', 'mirror.example', 443, true],
  ['mirror.example', 'mirror.example', 443, true],
  ['MIRROR.Example', 'mirror.example', 443, true],
  ['mirror.example', 'MIRROR.EXAMPLE', 443, true],
  ['mirror.example', 'mirror.example.', 443, true],
  ['mirror.example.', 'mirror.example', 443, true],
  ['example', 'mirror.example', 443, true],
  ['.example', 'mirror.example', 443, true],
  ['*.example', 'mirror.example', 443, true],
  ['.mirror.example', 'mirror.example', 443, true],
  ['a.example b.example', 'b.example', 443, true],
  ['a.example,\tb.example', 'b.example', 443, true],
  ['ror.example', 'mirror.example', 443, false],
  ['mirror.example', 'example', 443, false],
  ['mirror.example', 'mirror.example.org', 443, false],
  ['.', 'mirror.example', 443, false],
  ['mirror.example:443', 'mirror.example', 443, true],
  ['example:443', 'mirror.example', 443, true],
  ['.example:443', 'mirror.example', 443, true],
  ['mirror.example:8443', 'mirror.example', 443, false],
  ['mirror.example:port', 'mirror.example', 443, false],
  ['10.1.2.3', '10.1.2.3', 873, true],
  ['10.1.2.3', '10.1.2.30', 873, false],
  ['10.1.2.3:873', '10.1.2.3', 873, true],
  ['10.1.2.3:874', '10.1.2.3', 873, false],
  ['.2.3', '10.1.2.3', 873, false],
  ['10.0.0.0/8', '10.255.0.1', 873, true],
  ['10.9.9.9/8', '10.255.0.1', 873, true],
  ['10.0.0.0/8', '11.0.0.1', 873, false],
  ['192.168.2.0/25', '192.168.2.127', 873, true],
  ['192.168.2.0/25', '192.168.2.128', 873, false],
  ['0.0.0.0/0', '8.8.8.8', 873, true],
  ['10.0.0.0/33', '10.0.0.1', 873, false],
  ['10.0.0.0/', '10.0.0.1', 873, false],
  ['10.0.0.0/8', '10.example', 873, false],
  ['10.0.0.1-10.0.0.9', '10.0.0.5', 873, true],
  ['10.0.0.9-10.0.0.1', '10.0.0.5', 873, false],
  ['fd00::1', '[fd00::1]', 443, true],
  ['FD00:0:0::1', 'fd00::1', 443, true],
  ['[fd00::1]', '[fd00::1]', 443, true],
  ['[fd00::1]:443', '[fd00::1]', 443, true],
  ['[fd00::1]:444', '[fd00::1]', 443, false],
  ['fd00::/8', '[fd12::1]', 443, true],
  ['[fd00::]/8', '[fd12::1]', 443, true],
  ['fd00::/8', '[fe80::1]', 443, false],
  ['::1', 'localhost', 443, false],
  ['http://mirror.example', 'mirror.example', 80, false],
];

test.each(cases)('NO_PROXY=%j, %s port %d: directly %s', (list, host, port, expected) => {
  expect(isProxyBypassed({ host, port }, { NO_PROXY: list })).toBe(expected);
  expect(isProxyBypassed({ host, port }, { no_proxy: list, NO_PROXY: '' })).toBe(expected);
  expect(isProxyBypassed({ host, port }, { no_proxy: '', NO_PROXY: list })).toBe(expected);
});

test('a long list costs no more than its length', () => {
  const list = `${'a'.repeat(200_000)}:${'1'.repeat(200_000)},${'.'.repeat(200_000)}`;
  expect(isProxyBypassed({ host: 'mirror.example', port: 443 }, { no_proxy: list })).toBe(false);
});

const python = findPython();

describe.skipIf(python === undefined)('Python’s urllib', () => {
  // Forms that urllib knows: names, with a dot before them, with a port.
  const known = cases.filter(
    ([list]) => /^[\w.,:-]*$/.test(list) && !/^(?:\.|.*\.|\.2\.3|.*-.*|.*::.*)$/.test(list),
  );
  test.each(known)('agrees on %j, %s port %d: %s', (list, host, port, expected) => {
    if (host.endsWith('.')) return;
    const code =
      'import sys,urllib.request as r;print(bool(r.proxy_bypass_environment(sys.argv[1],{"no":sys.argv[2]})))';
    const answer = execFileSync(python ?? '', ['-c', code, `${host}:${port}`, list], {
      encoding: 'utf8',
    });
    expect(answer.trim()).toBe(expected ? 'True' : 'False');
  });
});

function findPython(): string | undefined {
  try {
    execFileSync('python3', ['-c', '']);
    return 'python3';
  } catch {
    return undefined;
  }
}
