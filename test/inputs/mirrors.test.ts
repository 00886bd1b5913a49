import { describe, expect, it } from 'vitest';
import { describeError, TfcacheError } from '../../src/error.ts';
import { parseMirrors } from '../../src/inputs/mirrors.ts';

function refusal(text: string): TfcacheError {
  try {
    parseMirrors(text);
  } catch (error) {
    if (error instanceof TfcacheError) return error;
    throw error;
  }
  throw new Error(`taken: ${text}`);
}

describe('parseMirrors', () => {
  it.each([
    ['rsync://m.example/tensorflow/', { bucket: 'tensorflow' }],
    ['rsync://m.example/tensorflow', { bucket: 'tensorflow' }],
    ['rsync://m.example:8730/module/deep/folder', { bucket: 'tensorflow' }],
    ['rsync://127.0.0.1:8730/m/', { bucket: 'tensorflow' }],
    ['rsync://[::1]:8730/m/', { bucket: 'tensorflow' }],
    ['rsync://user@m.example/m/', { url: 'rsync://user@m.example/m/', bucket: 'tensorflow' }],
    ['RSYNC://M.example/m/', { bucket: 'tensorflow' }],
    ['rsync://m.example/{bucket}/', { url: 'rsync://m.example/{bucket}/', bucket: undefined }],
    ['rsync://{bucket}.m.example/m/', { bucket: undefined }],
    ['tfds-data=rsync://m.example/tfds/', { url: 'rsync://m.example/tfds/', bucket: 'tfds-data' }],
    [
      'tfds-data=rsync://m.example/{bucket}/',
      { url: 'rsync://m.example/tfds-data/', bucket: 'tfds-data' },
    ],
    ['rsync://m.example/m/a=b/', { url: 'rsync://m.example/m/a=b/', bucket: 'tensorflow' }],
  ])('takes %s', (text, expected) => {
    expect(parseMirrors(text)).toEqual([expect.objectContaining({ line: 1, ...expected })]);
  });

  it('takes one line for each bucket, with blank lines and comments between', () => {
    const text = '\n# ours\nrsync://a.example/tf/\n\n  keras-applications=rsync://b.example/k/  \n';
    expect(parseMirrors(text)).toEqual([
      { url: 'rsync://a.example/tf/', bucket: 'tensorflow', line: 3 },
      { url: 'rsync://b.example/k/', bucket: 'keras-applications', line: 5 },
    ]);
  });

  it('accepts the default, and says what to do when it would be needed', () => {
    const [line, ...rest] = parseMirrors(' https://storage.googleapis.com/{bucket}/\n');
    expect(rest).toEqual([]);
    expect(line?.unsupported).toMatch(/not supported yet.*Set mirrors to an rsync:\/\/ URL/);
  });

  it.each([
    'ssh://user@host/path/',
    'https://m.example/tf/',
    'file:///srv/tf/',
    'tfds-data=https://m.example/x/',
  ])('%s is not supported yet', (text) => {
    const error = refusal(`# first\n${text}`);
    expect(error.code).toBe('usage');
    expect(error.message).toContain('not supported yet');
    expect(error.where).toContain('line 2');
    expect(error.hint).toContain('rsync://');
  });

  it('takes the default for a mirror like any other once it stands among others', () => {
    expect(refusal('rsync://m/x/\nhttps://storage.googleapis.com/{bucket}/').message).toContain(
      'not supported yet',
    );
  });

  it.each([
    'm.example/tensorflow',
    'm.example::tensorflow',
    'ftp://m.example/x/',
    'rsync://m.example',
    'rsync://m.example/',
    'rsync:///module/',
    'rsync://-oProxyCommand=x/m/',
    'rsync://m.example/-e/',
    'rsync://m.example/m/../secret/',
    'rsync://m.example/m/\u0007/',
    'rsync://m ex/m/',
    'rsync://-u@m.example/m/',
    'rsync://m.example:port/m/',
    'Upper=rsync://m.example/m/',
    '=rsync://m.example/m/',
  ])('refuses %j', (text) => {
    const error = refusal(text);
    expect(error.code).toBe('usage');
    expect(error.where).toContain('line 1');
    expect(error.hint).toContain('rsync://');
  });

  it.each([
    'rsync://user:hunter2@m.example/m/',
    'https://user:hunter2@m.example/m/',
    'ftp://user:hunter2@m.example/m/',
  ])('never shows the password in %s', (text) => {
    expect(describeError(refusal(text))).not.toContain('hunter2');
  });

  it.each([
    'rsync://a/x/\nrsync://b/x/',
    'rsync://a/{bucket}/\nrsync://b/{bucket}/',
    'rsync://a/{bucket}/\ntfds-data=rsync://b/x/',
    'tfds-data=rsync://a/x/\ntfds-data=rsync://b/x/',
  ])('more than one mirror for a bucket is not supported yet: %j', (text) => {
    const error = refusal(text);
    expect(error.code).toBe('usage');
    expect(error.message).toContain('not supported yet');
    expect(error.where).toBe('input mirrors, lines 1 and 2');
  });
});
