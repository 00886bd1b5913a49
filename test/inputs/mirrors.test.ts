import { describe, expect, it } from 'vitest';
import { parseMirrors } from '../../src/inputs/mirrors.ts';
import { describeError, TfcacheError } from '../../src/platform/error.ts';

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
    ['ssh://ci@m.example/srv/tf/', { bucket: 'tensorflow' }],
    ['ssh://ci@m.example:2222/srv/{bucket}/', { bucket: undefined }],
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

  it.each([
    ['https://storage.googleapis.com/{bucket}/', undefined],
    ['https://m.example/tf/', 'tensorflow'],
    ['https://user:secret@m.example:8443/tf/', 'tensorflow'],
    ['http://127.0.0.1:8080/', 'tensorflow'],
    ['file:///srv/tf/', 'tensorflow'],
    ['tfds-data=https://m.example/x/', 'tfds-data'],
  ])('takes %s', (text, bucket) => {
    expect(parseMirrors(text)).toEqual([expect.objectContaining({ bucket, line: 1 })]);
  });

  it('keeps several mirrors of a bucket in order of preference', () => {
    const text = 'rsync://a/{bucket}/\ntfds-data=rsync://b/x/\nhttps://c/x/';
    expect(parseMirrors(text).map(({ url }) => url)).toEqual([
      'rsync://a/{bucket}/',
      'rsync://b/x/',
      'https://c/x/',
    ]);
  });

  it.each([
    'm.example/tensorflow',
    'm.example::tensorflow',
    'ftp://m.example/x/',
    'https://m.example/a/../b/',
    'https://m.example/?list=1',
    'https://m ex/',
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
    'ssh://m.example/',
    'ssh://ci@-oProxyCommand=x/srv/',
    'ssh://ci@m.example/srv/../etc/',
    'ssh://-l@m.example/srv/',
    'Upper=rsync://m.example/m/',
    '=rsync://m.example/m/',
  ])('refuses %j', (text) => {
    const error = refusal(text);
    expect(error.code).toBe('usage');
    expect(error.where).toContain('line 1');
  });

  it.each([
    ['m.example::module', 'Write rsync://m.example/module/'],
    ['ci@m.example::module/a', 'Write rsync://ci@m.example/module/a/'],
    ['ci:pw@m.example::module', 'Write rsync://ci@m.example/module/'],
    ['ci@m.example:/srv/tf', 'Write ssh://ci@m.example/srv/tf/'],
    ['m.example/tensorflow', 'https://m.example/tensorflow/'],
    ['/mnt/tf', 'file:///mnt/tf/'],
    ['~/tf', 'file:///tf/'],
    ['file:/mnt/tf', 'Write file:///mnt/tf/'],
    ['file://mnt/tf', 'Write file:///mnt/tf/'],
    ['gs://tensorflow/', 'Write https://storage.googleapis.com/tensorflow/'],
    ['gs://tfds-data/x', 'with tfds-data= in front of it'],
    ['s3://bucket/x', 'is a cache'],
    ['rsync:/m.example/module', 'Write rsync://m.example/module/'],
    ['rsync:m.example/module', 'Write rsync://m.example/module/'],
    ['https:/m.example/x', 'Write https://m.example/x/'],
    ['https//m.example/x', 'Write https://m.example/x/'],
    ['https://m.example/{buckets}/', 'not {buckets}'],
    ['https://m.example/{BUCKET}/', 'not {BUCKET}'],
    ['https://m.example/{{bucket}}/', 'not {{bucket}}'],
    ['https://m.example/\u0024{bucket}/', 'not \u0024{bucket}'],
    ['https://m.example/<bucket>/', 'not <bucket>'],
    ['rsync://m.example/%7Bbucket%7D/', 'not %7Bbucket%7D'],
    ['https://a.example/, https://b.example/', 'a line of its own'],
    ['https://a.example/,https://b.example/', 'a line of its own'],
    ['https://a.example/ https://b.example/', 'a line of its own'],
    ['rsync://a.example/m/,', 'Leave the comma at its end out: rsync://a.example/m/'],
    ['rsyncs:/m.example/module', 'Write rsyncs://m.example/module/'],
    ['tfds-data:https://m.example/x/', 'Write tfds-data=https://m.example/x/'],
    ['htps://m.example/x/', 'Did you mean https://m.example/x/ ?'],
    ['rysnc://m.example/x/', 'Did you mean rsync://m.example/x/ ?'],
    ['pypi=pip3', 'Write pypi=pip '],
    ['pypi=PIP', 'Write pypi=pip '],
    ['- https://a.example/', 'Write https://a.example/'],
    ['"https://a.example/"', 'Leave the quotes out: https://a.example/'],
    ['["https://a.example/"]', 'without brackets'],
  ])('corrects %s', (text, hint) => {
    const error = refusal(text);
    expect(error.code).toBe('usage');
    expect(error.hint).toContain(hint);
    expect(error.hint).not.toContain('pw');
  });

  it.each([
    'rsync://user:hunter2@m.example/m/',
    'ssh://user:hunter2@m.example/m/',
    'https://user:hunter2@m.example/m/?q',
    'ftp://user:hunter2@m.example/m/',
  ])('never shows the password in %s', (text) => {
    expect(describeError(refusal(text))).not.toContain('hunter2');
  });
});
