import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TfcacheError } from '../../src/platform/error.ts';
import { escapeGlob } from '../../src/request/glob/glob.ts';
import { parseRequests } from '../../src/request/grammar.ts';
import { errorOf, getRequestKind } from '../support/requests.ts';

function names(text: string): string[] {
  return parseRequests(text, getRequestKind).map(({ name }) => name);
}

describe('lines', () => {
  it('reads one request per line, with its line number', () => {
    const requests = parseRequests(
      ['# what the tests need', '', 'wheel:tensorflow-cpu~=2.15.0', '  keras-dataset:mnist  '].join(
        '\n',
      ),
      getRequestKind,
    );
    expect(requests.map(({ kind, line, text }) => ({ kind, line, text }))).toEqual([
      { kind: 'wheel', line: 3, text: 'wheel:tensorflow-cpu~=2.15.0' },
      { kind: 'keras-dataset', line: 4, text: 'keras-dataset:mnist' },
    ]);
  });

  it.each(['\u00a0', '\u2007', '\u202f'])('reads the no-break space %j as a space', (space) => {
    const text = [
      `${space}wheel:tensorflow-cpu${space}~= 2.15.0 ?${space}python=3.11${space}# why`,
      `path:a${space}${space}b.txt${space}`,
      `${space}# only this`,
      `path:c\\${space}d`,
    ].join('\n');
    const requests = parseRequests(text, getRequestKind);
    expect(requests.map((request) => request.text)).toEqual([
      'wheel:tensorflow-cpu ~= 2.15.0 ? python=3.11',
      'path:a  b.txt',
      `path:c\\${space}d`,
    ]);
    expect(requests[0]).toMatchObject({
      name: 'tensorflow-cpu',
      version: '~= 2.15.0',
      qualifiers: { python: '3.11' },
    });
  });

  it.each(['\u3000', '\u2003', '\ufeff', '\u200b'])('ignores %j before a request', (space) => {
    expect(names(`path:a\n${space}path:b\n${space}# only this`)).toEqual(['a', 'b']);
    expect(names(`path:a${space}b`)).toEqual([`a${space}b`]);
  });

  it('accepts CRLF, tabs, a byte order mark, and empty text', () => {
    expect(names('\uFEFFpath:a\r\n\tpath:b\t\r\n\r\n')).toEqual(['a', 'b']);
    expect(parseRequests('', getRequestKind)).toEqual([]);
    expect(parseRequests('\r\n  \n# only this', getRequestKind)).toEqual([]);
  });

  it.each([
    ['path:a#b', 'a#b'],
    ['path:a # b', 'a'],
    ['path:a\t# b', 'a'],
    ['path:a#', 'a#'],
    ['path:a \\#b', 'a \\#b'],
    ['path:a\\ ', 'a\\ '],
    ['path:a\\\\ ', 'a\\\\'],
    ['path:a b  c', 'a b  c'],
    ['path: a', ' a'],
    ['path:-rf', '-rf'],
    ['path:versions/"2.21.0"/*.whl', 'versions/"2.21.0"/*.whl'],
    ['path:资料/模型 1.h5', '资料/模型 1.h5'],
    ['path:a?b=c&d', 'a?b=c&d'],
    ['path:a:b', 'a:b'],
    ["path:it's", "it's"],
    ['path:全角　', '全角　'],
  ])('%s names %s', (text, name) => {
    expect(names(text)).toEqual([name]);
  });

  it('drops a request that equals an earlier one', () => {
    const requests = parseRequests(
      [
        'wheel:tensorflow>=2.14,<2.16?python=3.11&device=gpu',
        'path:a',
        'wheel:tensorflow >= 2.14, < 2.16?device=gpu&python=3.11 # again',
        'path:a',
        'path:A',
      ].join('\n'),
      getRequestKind,
    );
    expect(requests.map(({ line }) => line)).toEqual([1, 2, 5]);
  });
});

describe('parts', () => {
  it.each([
    ['wheel:tensorflow-cpu~=2.15.0', 'tensorflow-cpu', '~=2.15.0', {}],
    ['wheel:tensorflow>=2.14,<2.16', 'tensorflow', '>=2.14,<2.16', {}],
    ['wheel:tensorflow >= 2.14, < 2.16', 'tensorflow', '>= 2.14, < 2.16', {}],
    ['wheel:tensorflow (>=2.14)', 'tensorflow', '>=2.14', {}],
    ['wheel:tensorflow==2.15.*', 'tensorflow', '==2.15.*', {}],
    ['wheel:tensorflow===2.15.0', 'tensorflow', '===2.15.0', {}],
    ['wheel:tensorflow!=2.15.0', 'tensorflow', '!=2.15.0', {}],
    ['wheel: tensorflow', 'tensorflow', '', {}],
    ['wheel:Keras_Preprocessing', 'Keras_Preprocessing', '', {}],
    [
      'wheel:tensorflow?python=3.11&platform=linux_x86_64',
      'tensorflow',
      '',
      { python: '3.11', platform: 'linux_x86_64' },
    ],
    [
      'libtensorflow:cpu==2.15.0?os=linux&arch=x86_64',
      'cpu',
      '==2.15.0',
      { os: 'linux', arch: 'x86_64' },
    ],
    ['keras-weights:ResNet50?variant=notop', 'ResNet50', '', { variant: 'notop' }],
  ])('%s', (text, name, version, qualifiers) => {
    expect(parseRequests(text, getRequestKind)).toMatchObject([{ name, version, qualifiers }]);
  });
});

describe('a request that is not valid', () => {
  it.each([
    ['tensorflow-cpu==2.15', 'no kind', 'wheel:tensorflow-cpu==2.15'],
    ['weel:tensorflow', 'no kind "weel"', 'Did you mean wheel? Write wheel:tensorflow'],
    ['keras-weight:ResNet50', 'no kind "keras-weight"', 'Write keras-weights:ResNet50'],
    ['keras_dataset:mnist', 'no kind "keras_dataset"', 'Write keras-dataset:mnist'],
    ['toString:x', 'no kind "toString"', ''],
    [':x', 'no kind ""', ''],
    ['tfds:mnist:3.0.1', '"tfds" is not supported yet', 'path:'],
    ['tfhub:https://tfhub.dev/google/yamnet/1', '"tfhub" is not supported yet', ''],
    ['image:tensorflow/tensorflow:2.15.0-gpu', '"image" is not supported yet', ''],
    ['wheel:', 'nothing follows', 'wheel:tensorflow-cpu~=2.15.0'],
    ['wheel:==2.15', 'nothing follows', ''],
    ['wheel:?python=3.11', 'nothing follows', ''],
    ['path:', 'nothing follows', ''],
    ['keras-dataset:', 'nothing follows', ''],
    ['wheel:tensorflow=2.15.0', 'malformed', ''],
    ['wheel:tensorflow 2.15.0', 'no operator', 'Write ==2.15.0'],
    ['wheel:tensorflow@2.15.0', '"@2.15.0"', '==2.15.0'],
    ['wheel:tensorflow>=2.14,,<3', 'comma', ''],
    ['wheel:tensorflow[and-cuda]==2.15.0', 'extras', 'Remove the brackets'],
    ['wheel:tensorflow==2.15; python_version<"3.12"', 'markers', ''],
    ['wheel:tensorflow?pyton=3.11', 'no qualifier "pyton"', 'python='],
    ['wheel:tensorflow?__proto__=3.11', 'no qualifier "__proto__"', ''],
    ['wheel:tensorflow?python=3.11&python=3.12', 'twice', ''],
    ['wheel:tensorflow?python', 'no value', 'python=VALUE'],
    ['wheel:tensorflow?python=', 'no value', ''],
    ['wheel:tensorflow?', 'without a name', ''],
    ['wheel:tensorflow?python=3.11&', 'without a name', ''],
    ['wheel:tensorflow?python=three', '"three"', '3.11'],
    ['wheel:tensorflow?platform=linux', '"linux"', 'platform='],
    ['wheel:tensorflow?device=tpu', '"tpu"', 'device=gpu'],
    ['wheel:tensorflow-cpu?device=gpu', 'CPU only', 'wheel:tensorflow-gpu'],
    ['wheel:--index-url', 'not the name of a Python project', ''],
    ['wheel:../x', 'not the name of a Python project', ''],
    ['wheel:linux/cpu/x.whl', 'not the name of a Python project', 'path:'],
    ['wheel:x-1.0-py3-none-any.whl', 'names a file', 'path:'],
    ['libtensorflow:tpu', 'no C library "tpu"', 'libtensorflow:cpu'],
    ['libtensorflow:cpu?os=macos', 'no os "macos"', 'os=darwin'],
    ['libtensorflow:cpu?arch=aarch64', 'no arch "aarch64"', 'arch=arm64'],
    ['libtensorflow:cpu==', 'malformed', ''],
    ['keras-weights:ResNet51', 'no model "ResNet51"', 'ResNet'],
    ['keras-weights:ResNet50==1', 'no versions', 'keras-weights:ResNet50'],
    ['keras-weights:ResNet50?variant=topless', 'no variant "topless"', 'variant='],
    ['keras-weights:ResNet50?alpha=1.0', 'no alpha', 'Remove alpha='],
    ['keras-dataset:mnst', 'no data set "mnst"', 'keras-dataset:mnist'],
    ['keras-dataset:mnist?x=1', 'takes no qualifiers', ''],
    [
      'keras-dataset:cifar10',
      'University of Toronto',
      'path:tf-keras-datasets/cifar-10-python.tar.gz',
    ],
    ['path:/linux/cpu', 'begins with', 'Write path:linux/cpu'],
    ['path:{a,/etc}/passwd', 'begins with a slash', ''],
    ['path:linux/../../etc/passwd', '".."', ''],
    ['path:linux/\\.\\./x', '".."', ''],
    ['path:{.,}./x', '".."', ''],
    ['path:./x', '"."', ''],
    ['/linux/cpu/x.whl', 'begins with', 'Write path:linux/cpu/x.whl'],
    ['- wheel:tensorflow', 'YAML list', 'Write wheel:tensorflow'],
    ['* path:a', 'YAML list', 'Write path:a'],
    ['["wheel:tensorflow", "path:a"]', 'list in brackets', 'artifacts: |'],
    ['"wheel:tensorflow"', 'in quotes', 'Remove the quotes: wheel:tensorflow'],
    ["'path:a b',", 'in quotes', 'Remove the quotes: path:a b'],
    ['wheel:tensorflow, path:a', 'several requests', ':\n  wheel:tensorflow\n  path:a'],
    [
      'wheel:tensorflow>=2.14,<2.16,keras-dataset:mnist',
      'several requests',
      '\n  keras-dataset:mnist',
    ],
    ['path:a;path:b', 'several requests', '\n  path:a\n  path:b'],
    ['wheel:tensorflow wheel:tensorflow-cpu', 'several requests', '\n  wheel:tensorflow-cpu'],
    ['wheel:tensorflow==2.15.0,', 'ends in a comma', 'Remove it: wheel:tensorflow==2.15.0'],
    ['wheel:tensorflow-cpu,tensorflow-gpu', 'name contains a comma', 'on a separate line'],
    ['gs://tensorflow/linux/cpu/x.whl', 'Google Cloud Storage', 'path:linux/cpu/x.whl'],
    ['path:gs://tensorflow/linux/*', 'Google Cloud Storage', 'path:linux/*'],
    ['gs:/tensorflow/x', 'Google Cloud Storage', 'path:x'],
    [
      'gs://keras-applications/x.h5',
      'Google Cloud Storage',
      'this address is in keras-applications',
    ],
    ['https://storage.googleapis.com/tensorflow/linux/x.whl', 'Google', 'path:linux/x.whl'],
    ['https://tensorflow.storage.googleapis.com/linux/x.whl', 'Google', 'path:linux/x.whl'],
    ['s3://bucket/x.whl', 'address of a cache', 'input cache'],
    ['path:s3://bucket/x.whl', 'address of a cache', 'input cache'],
    [
      'https://host/x/y.whl',
      'is an address',
      'Add https://host/ to mirrors, and request the path below it: path:x/y.whl',
    ],
    ['rsync:/host/module/x', 'is an address', 'rsync://host/'],
    [
      'host.example::module/a/b',
      'is an address',
      'Add rsync://host.example/module/ to mirrors, and request the path below it: path:a/b',
    ],
    ['path:a//b', 'two slashes', ''],
    ['path:a\\', 'backslash', ''],
    ['path:a\\/b', 'backslash', ''],
    ['path:a\0b', 'NUL', ''],
    ['wheel:a\0b', 'NUL', ''],
  ])('%s', async (text, words, hint) => {
    const error = await errorOf(() => parseRequests(`\n\n${text}`, getRequestKind));
    expect(error.reason).toBe('request-invalid');
    expect(error.message).toContain(words);
    expect(error.message).toMatch(/line 3\b/);
    expect(error.message).toContain(text.split('\0')[0]);
    expect(error.message).not.toContain('\0');
    expect(error.hint).toContain(hint);
  });

  it('gives requests or a TfcacheError for any text', () => {
    const pieces = fc.constantFrom(
      ...[
        'wheel:',
        'path:',
        'libtensorflow:',
        'keras-weights:',
        'tensorflow',
        'cpu',
        '==',
        '~=',
        '2.15',
      ],
      ...[
        '.*',
        ',',
        '?',
        '&',
        '=',
        'python=3.11',
        '#',
        ' ',
        '\\',
        '[',
        ']',
        '{',
        '}',
        '*',
        '/',
        '..',
        '\n',
      ],
      ...['"', '\0', '中', '!', '(', ')', ';', '@', ':'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 12 }).map((p) => p.join('')),
          fc.string(),
        ),
        (text) => {
          try {
            parseRequests(text, getRequestKind);
          } catch (error) {
            expect(error).toBeInstanceOf(TfcacheError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps every name of a path unchanged', () => {
    const odd = fc.constantFrom(...[...'abc .-#"\'\\*?[]{}()!@+|&;$`~%^=,:<>中é\t']);
    const path = fc
      .array(
        fc.array(odd, { minLength: 1, maxLength: 8 }).map((c) => c.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => parts.join('/'))
      .filter((name) => !name.split('/').some((part) => /^\.{1,2}$/.test(part)));
    fc.assert(
      fc.property(path, (name) => {
        const glob = escapeGlob(name)
          // `path: /a` is corrected as an absolute path.
          .replace(/^[ \t]+(?=[^ \t])/, (spaces) => spaces.replace(/./gs, '\\$&'))
          .replace(/([ \t])#/g, '$1\\#')
          .replace(/([ \t]+)$/, (spaces) => spaces.replace(/./gs, '\\$&'));
        expect(names(`path:${glob}`)).toEqual([glob]);
      }),
    );
  });
});
