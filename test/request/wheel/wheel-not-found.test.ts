import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/platform/error.ts';
import { TODAY } from '../../support/bucket-today.ts';
import { createMachine, errorOf, resolveOne } from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

describe('nothing matched', () => {
  it.each([
    ['wheel:tensorflow-cpu==2.15.9', TODAY, ['no version that matches', '2.15.1', 'linux/cpu/']],
    ['wheel:tensorflow-cpu>2.18.1,<2.20', TODAY, ['only pre-releases', '2.19.0rc0']],
    [
      'wheel:tensorflow-cpu==2.19.0',
      TODAY,
      ['no version that matches', 'releases in versions/: 2.21.0'],
    ],
    ['wheel:tensorflow-cpu==2.15.0?python=3.13', TODAY, ['no wheel for CPython 3.13', 'cp311']],
    [
      'wheel:tensorflow-cpu==2.15.0?platform=musllinux_1_2_x86_64',
      TODAY,
      ['no wheel for CPython 3.11 on musllinux_1_2_x86_64', 'manylinux'],
    ],
    [
      'wheel:tensorflow==1.14.0?python=3.6&device=gpu',
      TODAY,
      ['for the CPU only', 'Remove device=gpu'],
    ],
    [
      'wheel:tensorflow-cpuu',
      TODAY,
      ['no mirror has a wheel of tensorflow-cpuu', 'Write wheel:tensorflow-cpu'],
    ],
    [
      'wheel:tensorflow',
      ['data/x.npz', 'readme.txt'],
      ['none of the folders', 'in the root: data/, readme.txt'],
    ],
    ['wheel:tensorflow', [], ['none of the folders', 'an empty folder']],
    ['wheel:tensorflow', ['linux/cpu/readme.txt'], ['found:    no wheels']],
  ])('%s', async (text, held, words) => {
    const error = await errorOf(() => resolveOne(`\n${text}`, createTreeLister(held)));
    expect(error.code).toBe('nothing-matched');
    const all = describeError(error);
    for (const word of [...words, 'line 2', text, 'rsync://mirror.example/tensorflow/']) {
      expect(all).toContain(word);
    }
  });

  it('never takes a wheel of another name', async () => {
    const hostile = [
      'tensorflow_cpu-2.15.0-cp311-cp311-linux_x86_64.whl\n',
      '-rf.whl',
      '$(x)-1-py3-none-any.whl',
      'tensorflow-cpu-2.15.0-cp311-cp311-linux_x86_64.whl',
    ];
    const error = await errorOf(() =>
      resolveOne(
        'wheel:tensorflow-cpu',
        createTreeLister(hostile.map((name) => `linux/cpu/${name}`)),
      ),
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
    const error = await errorOf(() => resolveOne(text, createTreeLister(TODAY)));
    expect(error.code).toBe('nothing-matched');
    expect(error.hint).toContain(hint);
  });
});

describe('a Python that the version has no wheel for', () => {
  const held = (version: string, ...pythons: string[]): string[] =>
    pythons.map((tag) => {
      const folder = version >= '2.16' ? `versions/${version}` : 'linux/cpu';
      return `${folder}/tensorflow_cpu-${version}-${tag}-${tag}-manylinux2014_x86_64.whl`;
    });
  const listed = [
    ...held('2.14.0', 'cp310', 'cp311', 'cp39'),
    ...held('2.15.0', 'cp311', 'cp310', 'cp39'),
    ...held('2.16.1', 'cp312', 'cp311'),
    ...held('2.21.0', 'cp313', 'cp312'),
  ];
  const explain = (text: string, python = '3.12') =>
    errorOf(() =>
      resolveOne(text, createTreeLister(listed), { machine: createMachine({ python }) }),
    );

  it.each([
    [
      'wheel:tensorflow-cpu==2.15.0',
      [
        'CPython 3.9, 3.10, 3.11 (',
        "Use another Python: set python-version: '3.11' of actions/setup-python before this step.",
        'For CPython 3.12, write wheel:tensorflow-cpu==2.16.1',
      ],
    ],
    [
      'wheel:tensorflow-cpu==2.15.0?platform=linux_x86_64&python=3.13',
      [
        'CPython 3.9, 3.10, 3.11 (',
        'For another Python, write wheel:tensorflow-cpu==2.15.0?platform=linux_x86_64&python=3.11',
        'For CPython 3.13, write wheel:tensorflow-cpu==2.21.0?platform=linux_x86_64&python=3.13',
      ],
    ],
    [
      'wheel:tensorflow-cpu~=2.14.0?python=3.13t',
      ['CPython 3.9, 3.10, 3.11 (', 'wheel:tensorflow-cpu~=2.14.0?python=3.11'],
    ],
  ])('%s', async (text, words) => {
    const all = describeError(await explain(text));
    for (const word of words) expect(all.toLowerCase()).toContain(word.toLowerCase());
  });

  it.each([
    ['wheel:tensorflow-cpu==2.15.9', '3.11', '2.14.0, 2.15.0, 2.16.1', '==2.15.0'],
    ['wheel:tensorflow-cpu==2.15.9', '3.9', '2.14.0, 2.15.0', '==2.15.0'],
    ['wheel:tensorflow-cpu==2.16.9?device=cpu', '3.12', '2.16.1, 2.21.0', '==2.16.1?device=cpu'],
    ['wheel:tensorflow-cpu<2', '3.13', '2.21.0', '==2.21.0'],
  ])(
    '%s on %s: versions for it in order, and the nearest one',
    async (text, python, found, hint) => {
      const error = await explain(text, python);
      expect(error.found?.split(';')[0]).toBe(found);
      expect(error.hint).toContain(`wheel:tensorflow-cpu${hint}`);
    },
  );
});

describe('suggestions', () => {
  it.each([
    ['wheel:tensorflow-cpu>2.18.1,<2.20?device=cpu', '==2.19.0rc0?device=cpu'],
    ['wheel:tensorflow==2.8.0?python=3.8', 'wheel:tensorflow-cpu==2.8.0?python=3.8'],
    ['wheel:tensorflow-cpuu~=2.15?python=3.9', 'Write wheel:tensorflow-cpu~=2.15?python=3.9'],
  ])('keep the qualifiers of %s', async (text, suggestion) => {
    const error = await errorOf(() => resolveOne(text, createTreeLister(TODAY)));
    expect(error.hint).toContain(suggestion);
  });

  it('keep the qualifiers of libtensorflow', async () => {
    const held = ['2.14.0', '2.15.0'].map(
      (version) => `libtensorflow/libtensorflow-cpu-linux-x86_64-${version}.tar.gz`,
    );
    const text = 'libtensorflow:cpu==2.15.9?os=linux&arch=x86_64';
    const error = await errorOf(() => resolveOne(text, createTreeLister(held)));
    expect(error.found).toBe('2.14.0, 2.15.0');
    expect(error.hint).toContain('libtensorflow:cpu==2.15.0?os=linux&arch=x86_64');
  });

  it('name pre-releases of a project that has nothing else', async () => {
    const held = ['1.0.dev1', '1.0.dev2'].map(
      (version) => `linux/cpu/a-${version}-py3-none-any.whl`,
    );
    const error = await errorOf(() => resolveOne('wheel:a==9', createTreeLister(held)));
    expect(error.found).toBe('1.0.dev1, 1.0.dev2');
    expect(error.hint).toContain('wheel:a==1.0.dev2');
  });

  it('list versions in order of version, not of letters', async () => {
    const versions = ['1.9.0', '1.10.0', '1.2.0', '1.11.0', '2.0.0', '1.1.0'];
    const held = versions.map((version) => `linux/cpu/a-${version}-py3-none-any.whl`);
    const foundFor = async (text: string) =>
      (await errorOf(() => resolveOne(text, createTreeLister(held)))).found;
    expect(await foundFor('wheel:a==1.10.1')).toContain(
      '1.1.0, 1.2.0, 1.9.0, 1.10.0, 1.11.0 (nearest of 6 versions)',
    );
    expect(await foundFor('wheel:a>=3')).toContain('1.2.0, 1.9.0, 1.10.0, 1.11.0, 2.0.0');
    expect(await foundFor('wheel:a<1')).toContain('1.1.0, 1.2.0, 1.9.0, 1.10.0, 1.11.0');
  });
});
