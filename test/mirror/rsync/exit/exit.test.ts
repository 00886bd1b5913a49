import { describe, expect, test } from 'vitest';
import { explainRsyncFailure } from '../../../../src/mirror/rsync/exit/exit.ts';

const explain = (exitCode: number | undefined, text: string, more = {}) =>
  explainRsyncFailure({
    exitCode,
    signal: undefined,
    stopped: undefined,
    text,
    progressed: false,
    url: 'rsync://mirror/tf/',
    timeout: 120,
    ...more,
  });

test.each([
  [5, "@ERROR: Unknown module 'x'", 'configuration', 'no'],
  [5, '@ERROR: max connections (30) reached -- try again later', 'no-mirror', 'soon'],
  [5, '@ERROR: max connections (28) reached -- try again later', 'no-mirror', 'soon'],
  [5, '@ERROR: auth failed on module x', 'configuration', 'no'],
  [5, '@ERROR: access denied to x from host (192.0.2.1)', 'configuration', 'no'],
  [5, '@ERROR: module busy, please retry', 'no-mirror', 'soon'],
  [5, '@ERROR: chdir failed', 'configuration', 'no'],
  [5, '@ERROR: you have been banned', 'configuration', 'no'],
  [5, 'rsync: server sent "HTTP/1.1 403 Forbidden" rather than greeting', 'configuration', 'no'],
  [5, 'rsync: did not see server greeting', 'no-mirror', 'once-later'],
  [10, 'rsync: failed to connect to h (192.0.2.1): Connection refused (111)', 'no-mirror', 'soon'],
  [10, 'rsync: getaddrinfo: h 873: Name or service not known', 'no-mirror', 'soon'],
  [10, 'The server is configured to refuse --dirs (-d)', 'configuration', 'no'],
  [11, 'write failed on "x": No space left on device (28)', 'no-space', 'no'],
  [11, 'rsync: [receiver] write failed on "x": 设备上没有空间 (28)', 'no-space', 'no'],
  [11, 'rsync: mkstemp "x" failed: Permission denied (13)', 'failed', 'no'],
  [12, 'rsync: safe_read failed: Connection reset by peer (104)', 'no-mirror', 'once-later'],
  [12, 'rsync: connection unexpectedly closed (0 bytes received so far)', 'no-mirror', 'soon'],
  [12, '', 'no-mirror', 'soon'],
  [20, '', 'no-mirror', 'soon'],
  [22, '', 'failed', 'no'],
  [23, 'rsync: read errors mapping "x": Input/output error (5)', 'no-mirror', 'soon'],
  [
    23,
    'rsync: [sender] send_files failed to open "x": Permission denied (13)',
    'configuration',
    'no',
  ],
  [23, 'WARNING: x failed verification -- update discarded', 'no-mirror', 'soon'],
  [24, '', 'no-mirror', 'soon'],
  [30, '', 'no-mirror', 'soon'],
  [35, '', 'no-mirror', 'soon'],
  [2, '', 'configuration', 'no'],
  [127, '', 'failed', 'no'],
  [99, 'what', 'failed', 'no'],
])('exit code %i, %j: %s, again: %s', (exitCode, text, code, retry) => {
  const explained = explain(exitCode, text);
  expect(explained).toMatchObject({ retry, error: { code, where: 'rsync://mirror/tf/' } });
  expect(explained.error.hint).toMatch(/\w/);
});

describe('what is not in the exit code', () => {
  test('a reset after something came is an accident, not a ban', () => {
    expect(explain(12, 'Connection reset by peer (104)', { progressed: true }).retry).toBe('soon');
  });
  test('ended by us, by our clock, by somebody else', () => {
    expect(explain(20, '', { stopped: 'aborted' })).toMatchObject({
      retry: 'no',
      error: { code: 'failed', message: 'The transfer was cancelled.' },
    });
    expect(explain(20, '', { stopped: 'stalled' })).toMatchObject({
      retry: 'soon',
      error: { code: 'no-mirror', message: expect.stringContaining('360 seconds') },
    });
    expect(explain(undefined, '', { signal: 'SIGSEGV' })).toMatchObject({
      retry: 'no',
      error: { code: 'failed', message: expect.stringContaining('SIGSEGV') },
    });
  });
  test('what a peer says reaches no log as a line of its own', () => {
    const { error } = explain(5, '@ERROR: x\n::error::injected\u001b[31m');
    expect(`${error.message}${error.found}`).not.toMatch(/\p{Cc}/u);
    expect(explain(5, `@ERROR: ${'x'.repeat(5000)}`).error.message.length).toBeLessThan(1100);
  });
});
