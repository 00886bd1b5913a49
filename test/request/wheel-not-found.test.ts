import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/error.ts';
import { TODAY } from '../support/bucket-today.ts';
import { errorOf, resolveOne } from '../support/requests.ts';
import { treeListing } from '../support/tree-listing.ts';

describe('nothing matched', () => {
  it.each([
    ['wheel:tensorflow-cpu==2.15.9', TODAY, ['no version that fits', '2.15.1', 'linux/cpu/']],
    ['wheel:tensorflow-cpu>2.18.1,<2.20', TODAY, ['only pre-releases', '2.19.0rc0']],
    [
      'wheel:tensorflow-cpu==2.19.0',
      TODAY,
      ['no version that fits', 'releases in versions/: 2.21.0'],
    ],
    ['wheel:tensorflow-cpu==2.15.0?python=3.13', TODAY, ['none for CPython 3.13', 'cp311']],
    [
      'wheel:tensorflow-cpu==2.15.0?platform=musllinux_1_2_x86_64',
      TODAY,
      ['none for', 'manylinux'],
    ],
    [
      'wheel:tensorflow==1.14.0?python=3.6&device=gpu',
      TODAY,
      ['for the CPU only', 'Leave device=gpu out'],
    ],
    ['wheel:tensorflow-cpuu', TODAY, ['no wheel of tensorflow-cpuu', 'wheel:tensorflow-cpu ?']],
    [
      'wheel:tensorflow',
      ['data/x.npz', 'readme.txt'],
      ['none of the folders', 'at its root: data/, readme.txt'],
    ],
    ['wheel:tensorflow', [], ['none of the folders', 'an empty folder']],
    ['wheel:tensorflow', ['linux/cpu/readme.txt'], ['no wheels at all']],
  ])('%s', async (text, held, words) => {
    const error = await errorOf(() => resolveOne(`\n${text}`, treeListing(held)));
    expect(error.code).toBe('nothing-matched');
    const all = describeError(error);
    for (const word of [...words, 'line 2', text, 'rsync://mirror.example/tensorflow/']) {
      expect(all).toContain(word);
    }
  });

  it('never takes a wheel of another name, whatever the mirror calls its files', async () => {
    const hostile = [
      'tensorflow_cpu-2.15.0-cp311-cp311-linux_x86_64.whl\n',
      '-rf.whl',
      '$(x)-1-py3-none-any.whl',
      'tensorflow-cpu-2.15.0-cp311-cp311-linux_x86_64.whl',
    ];
    const error = await errorOf(() =>
      resolveOne('wheel:tensorflow-cpu', treeListing(hostile.map((name) => `linux/cpu/${name}`))),
    );
    expect(error.code).toBe('nothing-matched');
  });
});

describe('a project that has another name in that version', () => {
  it.each([
    ['wheel:tensorflow==2.8.0?python=3.8', 'wheel:tensorflow-cpu==2.8.0'],
    ['wheel:tensorflow==2.11.0?python=3.10&device=gpu', 'wheel:tensorflow-gpu==2.11.0'],
    ['wheel:tensorflow-cpu==2.15.0?platform=macosx_x86_64', 'wheel:tensorflow==2.15.0'],
    ['wheel:tensorflow-gpu==2.14.0', 'wheel:tensorflow'],
  ])('%s: %s', async (text, hint) => {
    const error = await errorOf(() => resolveOne(text, treeListing(TODAY)));
    expect(error.code).toBe('nothing-matched');
    expect(error.hint).toContain(hint);
  });
});
