import { expect, test } from 'vitest';
import { formatRemoteShell } from '../../../../src/mirror/rsync/process/ssh.ts';
import {
  formatOperand,
  formatRemoteUrl,
  parseRemote,
} from '../../../../src/mirror/rsync/url/remote.ts';
import { parseSshUrl } from '../../../../src/mirror/rsync/url/ssh-url.ts';
import { thrownBy } from '../../../support/thrown.ts';

test.each([
  ['ssh://ci@m.example/srv/tf/', 'ci@m.example:/srv/tf/', 'ssh://m.example/srv/tf/'],
  ['ssh://ci@m.example:2222/srv//tf', 'ci@m.example:/srv/tf/', 'ssh://m.example:2222/srv/tf/'],
  ['ssh://m.example/srv', 'm.example:/srv/', 'ssh://m.example/srv/'],
  ['ssh://ci@[::1]:22/a%20b', 'ci@[::1]:/a b/', 'ssh://[::1]/a%20b/'],
  ['SSH://ci@m/x/$(id);', 'ci@m:/x/$(id);/', 'ssh://m/x/$(id);/'],
])('%s', (url, operand, place) => {
  expect(formatOperand(parseRemote(url))).toBe(operand);
  expect(formatRemoteUrl(parseRemote(url))).toBe(place);
});

test.each([
  ['ssh://ci@m.example/', 'names no folder'],
  ['ssh://ci@m.example', 'names no folder'],
  ['ssh://ci:hunter2@m.example/x/', 'password'],
  ['ssh://-oProxyCommand=id@m.example/x/', 'user name'],
  ['ssh://ci@-oProxyCommand=id/x/', 'host'],
  ['ssh://ci@m example/x/', 'white space'],
  ['ssh://ci@m.example:0/x/', 'port'],
  ['ssh://ci@m.example:22a/x/', 'port'],
  ['ssh://ci@m.example/a/../b/', '".."'],
  ['ssh://ci@m.example/~/b/', '"~"'],
  ['ssh://ci@m.example/a*/', 'one of *'],
  ['ssh://ci@m.example/a\n/', 'white space'],
  ['ssh://a@b@m.example/x', 'user name holds an @'],
])('%j is refused', (url, why) => {
  const error = thrownBy(() => parseSshUrl(url));
  expect(error.code).toBe('usage');
  expect(error.message).toContain(why);
  expect(`${error.message}${error.where}${error.hint}`).not.toContain('hunter2');
});

test('nothing that anybody wrote stands in the remote shell', () => {
  const shell = formatRemoteShell(parseSshUrl('ssh://ci@m.example:2222/srv/$(id)/'), {
    timeout: 10,
    agent: '/tmp/an agent/socket',
  });
  expect(shell).not.toMatch(/ci@|m\.example|srv|an agent|["'\\]/);
  expect(shell).toMatch(/^ssh -F none .*-p 2222 /);
});
