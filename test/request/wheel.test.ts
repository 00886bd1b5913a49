import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/error.ts';
import { kindOf } from '../../src/request/kinds.ts';
import { tagRanks } from '../../src/request/tags.ts';
import { pythonWith } from '../support/python.ts';
import {
  errorOf,
  machine,
  oneRequest,
  pathsOf,
  resolveOne,
  unaskedMachine,
} from '../support/requests.ts';
import { treeListing } from '../support/tree-listing.ts';

const LISTING_2016 = readFileSync(new URL('../data/listing-2016.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/** Wheels as the bucket keeps them today: by system and device up to 2.15, by release since. */
const M17 = 'manylinux_2_17_x86_64.manylinux2014_x86_64';
const A17 = 'manylinux_2_17_aarch64.manylinux2014_aarch64';
const TODAY = [
  'linux/cpu/tensorflow-1.14.0-cp36-cp36m-linux_x86_64.whl',
  'linux/cpu/tensorflow_cpu-2.8.0-cp38-cp38-manylinux2010_x86_64.whl',
  ...['2.14.0', '2.14.1', '2.15.0', '2.15.1'].flatMap((version) =>
    ['cp39', 'cp310', 'cp311'].flatMap((python) => [
      `linux/cpu/tensorflow_cpu-${version}-${python}-${python}-${M17}.whl`,
      `linux/gpu/tensorflow-${version}-${python}-${python}-${M17}.whl`,
    ]),
  ),
  'linux/gpu/tensorflow_gpu-1.14.0-cp36-cp36m-linux_x86_64.whl',
  `linux/gpu/tensorflow_gpu-2.11.0-cp310-cp310-${M17}.whl`,
  `linux/gpu/tensorflow-2.12.0-cp311-cp311-${M17}.whl`,
  'mac/cpu/tensorflow-2.15.0-cp311-cp311-macosx_10_15_x86_64.whl',
  'windows/cpu/tensorflow_cpu-2.15.0-cp311-cp311-win_amd64.whl',
  'windows/gpu/tensorflow_gpu-2.10.0-cp310-cp310-win_amd64.whl',
  ...['2.16.1', '2.17.0', '2.18.1'].flatMap((version) => [
    `versions/${version}/tensorflow-${version}-cp311-cp311-${M17}.whl`,
    `versions/${version}/tensorflow_cpu-${version}-cp311-cp311-${M17}.whl`,
    `versions/${version}/tensorflow-${version}-cp311-cp311-${A17}.whl`,
    `versions/${version}/tensorflow-${version}-cp311-cp311-macosx_12_0_arm64.whl`,
    `versions/${version}/tensorflow-${version}-cp311-cp311-win_amd64.whl`,
    `versions/${version}/libtensorflow-cpu-linux-x86_64.tar.gz`,
  ]),
  `versions/2.19.0-rc0/tensorflow_cpu-2.19.0rc0-cp311-cp311-${M17}.whl`,
  'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  'versions/"2.21.0"/tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
];

describe("today's bucket", () => {
  it.each([
    ['wheel:tensorflow-cpu~=2.15.0', `linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-${M17}.whl`],
    ['wheel:TensorFlow.CPU==2.15', `linux/cpu/tensorflow_cpu-2.15.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow-cpu>=2.14,<2.15', `linux/cpu/tensorflow_cpu-2.14.1-cp311-cp311-${M17}.whl`],
    [
      'wheel:tensorflow-cpu==2.15.*?python=3.9',
      `linux/cpu/tensorflow_cpu-2.15.1-cp39-cp39-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu<2.9?python=3.8',
      'linux/cpu/tensorflow_cpu-2.8.0-cp38-cp38-manylinux2010_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu',
      'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu?platform=manylinux2014_x86_64',
      `versions/2.18.1/tensorflow_cpu-2.18.1-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu==2.21.0',
      'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu===2.21.0',
      'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu>=2.18,<2.20',
      `versions/2.18.1/tensorflow_cpu-2.18.1-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu==2.19.0rc0',
      `versions/2.19.0-rc0/tensorflow_cpu-2.19.0rc0-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu>=2.19.0rc0,<2.20',
      `versions/2.19.0-rc0/tensorflow_cpu-2.19.0rc0-cp311-cp311-${M17}.whl`,
    ],
    ['wheel:tensorflow==2.17.0', `versions/2.17.0/tensorflow-2.17.0-cp311-cp311-${M17}.whl`],
    [
      'wheel:tensorflow==2.17.0?device=gpu',
      `versions/2.17.0/tensorflow-2.17.0-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow==2.17.0?platform=linux_aarch64',
      `versions/2.17.0/tensorflow-2.17.0-cp311-cp311-${A17}.whl`,
    ],
    [
      'wheel:tensorflow~=2.16?platform=macosx_arm64',
      'versions/2.18.1/tensorflow-2.18.1-cp311-cp311-macosx_12_0_arm64.whl',
    ],
    [
      'wheel:tensorflow?platform=macosx_12_0_arm64',
      'versions/2.18.1/tensorflow-2.18.1-cp311-cp311-macosx_12_0_arm64.whl',
    ],
    [
      'wheel:tensorflow?platform=macosx_x86_64',
      'mac/cpu/tensorflow-2.15.0-cp311-cp311-macosx_10_15_x86_64.whl',
    ],
    [
      'wheel:tensorflow<2.18?platform=win_amd64',
      'versions/2.17.0/tensorflow-2.17.0-cp311-cp311-win_amd64.whl',
    ],
    [
      'wheel:tensorflow-cpu?platform=win_amd64',
      'windows/cpu/tensorflow_cpu-2.15.0-cp311-cp311-win_amd64.whl',
    ],
    // From 2.12 to 2.15 plain tensorflow is for the GPU, and the only one of its name.
    ['wheel:tensorflow==2.14.0', `linux/gpu/tensorflow-2.14.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow==2.14.0?device=gpu', `linux/gpu/tensorflow-2.14.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow==2.14.0?device=cpu', `linux/gpu/tensorflow-2.14.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow<2.16', `linux/gpu/tensorflow-2.15.1-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow-gpu?python=3.10', `linux/gpu/tensorflow_gpu-2.11.0-cp310-cp310-${M17}.whl`],
    [
      'wheel:tensorflow-gpu?python=3.10&platform=win_amd64',
      'windows/gpu/tensorflow_gpu-2.10.0-cp310-cp310-win_amd64.whl',
    ],
    [
      'wheel:tensorflow==1.14.0?python=3.6',
      'linux/cpu/tensorflow-1.14.0-cp36-cp36m-linux_x86_64.whl',
    ],
  ])('%s: %s', async (text, path) => {
    expect(await pathsOf(text, treeListing(TODAY))).toEqual([path]);
  });

  it('says what it found, with the size and time of the listing', async () => {
    const artifact = await resolveOne('wheel:tensorflow-cpu==2.15.1', treeListing(TODAY));
    expect(artifact.title).toBe('tensorflow_cpu 2.15.1 (cp311, manylinux_2_17_x86_64)');
    expect(artifact.version).toBe('2.15.1');
    const [file] = artifact.files;
    expect(file).toMatchObject({ bucket: 'tensorflow', digests: [] });
    expect(file?.size).toBe(1000 + (file?.path.length ?? 0));
    expect(file?.mtime).toBe(1_480_000_000 + (file?.path.length ?? 0));
  });
});

describe('what is listed', () => {
  it.each([
    ['wheel:tensorflow-cpu==2.15.0', ['linux/cpu']],
    ['wheel:tensorflow-cpu~=2.15.0', ['linux/cpu']],
    ['wheel:tensorflow-cpu<2.16', ['linux/cpu']],
    ['wheel:tensorflow==2.14.0', ['linux/cpu, linux/gpu']],
    ['wheel:tensorflow==2.14.0?device=gpu', ['linux/gpu']],
    ['wheel:tensorflow-cpu==2.17.0', ['versions', 'versions/2.17.0']],
    ['wheel:tensorflow-cpu==2.21.0', ['versions', 'versions/"2.21.0"']],
    ['wheel:tensorflow-cpu~=2.17.0', ['linux/cpu, versions', 'versions/2.17.0']],
    [
      'wheel:tensorflow-cpu>=2.14,<2.18',
      ['linux/cpu, versions', 'versions/2.16.1, versions/2.17.0'],
    ],
    ['wheel:tensorflow<2.16?platform=macosx_x86_64', ['mac/cpu, mac, mac/gpu']],
  ])('%s: %s', async (text, calls) => {
    const listing = treeListing(TODAY);
    await resolveOne(text, listing);
    expect(listing.calls).toEqual(calls.map((call) => `tensorflow: ${call}`));
  });
});

describe("a mirror of one's own", () => {
  it.each([
    [
      'wheel:tensorflow-cpu',
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu==2.22.0',
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu>=2.22',
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu==2.13.1',
      `versions/2.13.1/tensorflow_cpu-2.13.1-cp311-cp311-${M17}.whl`,
    ],
    ['wheel:tensorflow-gpu==2.9.3', `linux/cpu/tensorflow_gpu-2.9.3-cp311-cp311-${M17}.whl`],
    ['wheel:lab-ops', 'linux/gpu/lab_ops-1.1-cp311-cp311-linux_x86_64.whl'],
    ['wheel:lab-ops<1.1', 'linux/cpu/lab_ops-1.0-py3-none-any.whl'],
    ['wheel:lab-extra', 'versions/2.18.1/lab_extra-0.1-py3-none-any.whl'],
  ])('keeps wheels where it likes: %s', async (text, path) => {
    const held = [
      ...TODAY,
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
      `versions/2.13.1/tensorflow_cpu-2.13.1-cp311-cp311-${M17}.whl`,
      `linux/cpu/tensorflow_gpu-2.9.3-cp311-cp311-${M17}.whl`,
      'linux/cpu/lab_ops-1.0-py3-none-any.whl',
      'linux/gpu/lab_ops-1.1-cp311-cp311-linux_x86_64.whl',
      'versions/2.18.1/lab_extra-0.1-py3-none-any.whl',
    ];
    expect(await pathsOf(text, treeListing(held))).toEqual([path]);
  });

  it('tells apart by device what has the same name and version', async () => {
    const held = ['cpu', 'gpu'].map(
      (device) => `linux/${device}/a-1.0-cp311-cp311-linux_x86_64.whl`,
    );
    expect(await pathsOf('wheel:a', treeListing(held))).toEqual([held[0]]);
    expect(await pathsOf('wheel:a?device=gpu', treeListing(held))).toEqual([held[1]]);
  });

  it.each([
    [['a-1.0-1-py3-none-any.whl', 'a-1.0-py3-none-any.whl', 'a-1.0-10-py3-none-any.whl'], 2],
    [['a-1.0-9-py3-none-any.whl', 'a-1.0-cp311-cp311-linux_x86_64.whl'], 1],
    [['a-1.0-cp311-abi3-linux_x86_64.whl', 'a-1.0-cp311-cp311-linux_x86_64.whl'], 1],
    [['a-1.0-cp311-cp311-linux_x86_64.whl', 'a-1.0.post1-py3-none-any.whl'], 1],
    [['a-1.0-py3-none-any.whl', 'a-1.0+local-py3-none-any.whl'], 1],
    [['a-1.0-py2.py3-none-any.whl', 'a-2.0-py2-none-any.whl'], 0],
    [['a-1.0-py3-none-any.whl', 'a-2.0rc1-py3-none-any.whl', 'a-2.0.dev1-py3-none-any.whl'], 0],
    [['a-1.9-py3-none-any.whl', 'a-1.10-py3-none-any.whl'], 1],
    [['b-2.0-py3-none-any.whl', 'a-1.0-py3-none-any.whl', 'a_b-3.0-py3-none-any.whl'], 1],
  ])('takes the best of %s', async (names, best) => {
    const held = names.map((name) => `linux/cpu/${name}`);
    expect(await pathsOf('wheel:a', treeListing(held))).toEqual([held[best]]);
    expect(await pathsOf('wheel:a', treeListing(held.toReversed()))).toEqual([held[best]]);
  });
});

describe('the bucket of 2016', () => {
  it.each([
    [
      'wheel:tensorflow==0.12.0?python=3.5',
      'linux/cpu/tensorflow-0.12.0-cp35-cp35m-linux_x86_64.whl',
    ],
    ['wheel:tensorflow?python=2.7', 'linux/cpu/tensorflow-0.12.0-cp27-none-linux_x86_64.whl'],
    [
      'wheel:tensorflow==0.11.0?python=3.5&device=gpu',
      'linux/gpu/tensorflow-0.11.0-cp35-cp35m-linux_x86_64.whl',
    ],
    [
      'wheel:tensorflow==0.12.0rc1?python=2.7',
      'linux/cpu/tensorflow-0.12.0rc1-cp27-none-linux_x86_64.whl',
    ],
    [
      'wheel:tensorflow-gpu?python=3.4',
      'linux/gpu/tensorflow_gpu-0.12.0-cp34-cp34m-linux_x86_64.whl',
    ],
    ['wheel:protobuf?python=2.7', 'linux/cpu/protobuf-3.1.0-cp27-cp27mu-linux_x86_64.whl'],
    [
      'wheel:protobuf==3.0.0b2.post2?python=3.4',
      'linux/cpu/protobuf-3.0.0b2.post2-cp34-none-linux_x86_64.whl',
    ],
    [
      'wheel:tensorflow?python=3.5&platform=macosx_x86_64',
      'mac/cpu/tensorflow-0.12.0-py3-none-any.whl',
    ],
    [
      'wheel:tensorflow==0.9.0?python=3.5&platform=macosx_x86_64',
      'mac/tensorflow-0.9.0-py3-none-any.whl',
    ],
    [
      'wheel:tensorflow==0.11.0?python=2.7&platform=macosx_x86_64&device=gpu',
      'mac/gpu/tensorflow-0.11.0-py2-none-any.whl',
    ],
    [
      'wheel:tensorflow-gpu?python=2.7&platform=macosx_x86_64',
      'mac/gpu/tensorflow_gpu-0.12.0-py2-none-any.whl',
    ],
  ])('%s: %s', async (text, path) => {
    expect(await pathsOf(text, treeListing(LISTING_2016))).toEqual([path]);
  });
});

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

describe('the id', () => {
  it.each([
    [
      'wheel:TensorFlow_CPU ~= 2.15.0',
      'wheel:tensorflow-cpu~=2.15.0?device=cpu&platform=linux_x86_64&python=3.11',
    ],
    [
      'wheel:a?python=3.12.1&device=gpu&platform=win_amd64',
      'wheel:a?device=gpu&platform=win_amd64&python=3.12',
    ],
  ])('%s: %s', async (text, id) => {
    expect(await kindOf('wheel').identify(oneRequest(text), machine())).toBe(id);
  });

  it('asks the machine for nothing that the request says', async () => {
    const text = 'wheel:tensorflow-cpu==2.15.0?python=3.11&platform=linux_x86_64';
    expect(await pathsOf(text, treeListing(TODAY), { machine: unaskedMachine })).toHaveLength(1);
  });
});

const python = pythonWith('packaging.utils');
describe('against the reference', () => {
  it.skipIf(python === undefined)(
    'chooses what packaging would rank first (skipped without python and its "packaging")',
    async () => {
      const name = fc
        .record({
          version: fc.constantFrom('1.0', '1.1', '1.1.post1', '1.1+x', '1.2'),
          build: fc.constantFrom('', '', '-1', '-2a', '-10'),
          python: fc.constantFrom('cp311', 'cp310', 'cp37', 'py3', 'py2.py3', 'py39.py310'),
          abi: fc.constantFrom('cp311', 'abi3', 'none', 'abi3.cp311'),
          platform: fc.constantFrom(
            'any',
            M17,
            'manylinux_2_28_x86_64',
            'linux_x86_64',
            'win_amd64',
            'manylinux1_x86_64',
          ),
        })
        .map((w) => `a-${w.version}${w.build}-${w.python}-${w.abi}-${w.platform}.whl`);
      const sets = fc.sample(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), 300);
      const ranks = [...tagRanks({ major: 3, minor: 11 }, 'linux_x86_64').keys()];
      const script = [
        'import json,sys',
        'from packaging.utils import parse_wheel_filename as parse',
        'sets, ranks = json.load(sys.stdin)',
        'rank = {t: i for i, t in enumerate(ranks)}',
        'def key(f):',
        '    n, v, b, tags = parse(f)',
        '    r = [rank[str(t)] for t in tags if str(t) in rank]',
        '    return (v, -min(r), b) if r else None',
        'best = [max((f for f in s if key(f)), key=key, default=None) for s in sets]',
        'print(json.dumps([b and [f for f in s if key(f) == key(b)] for s, b in zip(sets, best)]))',
      ].join('\n');
      const answer = JSON.parse(
        execFileSync(python ?? '', ['-c', script], {
          input: JSON.stringify([sets, ranks]),
        }).toString(),
      ) as (string[] | null)[];
      for (const [index, names] of sets.entries()) {
        const listing = treeListing(names.map((each) => `linux/cpu/${each}`));
        const expected = answer[index] ?? null;
        if (expected === null) {
          const error = await errorOf(() => resolveOne('wheel:a', listing));
          expect(error.code).toBe('nothing-matched');
        } else {
          const [path = ''] = await pathsOf('wheel:a', listing);
          // Wheels that rank alike are one to pip; the first by name is ours.
          expect(expected).toContain(path.slice('linux/cpu/'.length));
        }
      }
    },
  );
});
