import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankTags } from '../../../src/request/version/tags.ts';
import { M17 } from '../../support/bucket-today.ts';
import { pythonWithPackaging } from '../../support/python.ts';
import { errorOf, pathsOf, resolveOne } from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

describe('several matching wheels', () => {
  it('are distinguished by device if name and version are equal', async () => {
    const held = ['cpu', 'gpu'].map(
      (device) => `linux/${device}/a-1.0-cp311-cp311-linux_x86_64.whl`,
    );
    expect(await pathsOf('wheel:a', createTreeLister(held))).toEqual([held[0]]);
    expect(await pathsOf('wheel:a?device=gpu', createTreeLister(held))).toEqual([held[1]]);
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
    expect(await pathsOf('wheel:a', createTreeLister(held))).toEqual([held[best]]);
    expect(await pathsOf('wheel:a', createTreeLister(held.toReversed()))).toEqual([held[best]]);
  });
});

const python = pythonWithPackaging('utils');
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
      const ranks = [...rankTags({ major: 3, minor: 11 }, 'linux_x86_64').keys()];
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
        const lister = createTreeLister(names.map((each) => `linux/cpu/${each}`));
        const expected = answer[index] ?? null;
        if (expected === null) {
          const error = await errorOf(() => resolveOne('wheel:a', lister));
          expect(error.code).toBe('nothing-matched');
        } else {
          const [path = ''] = await pathsOf('wheel:a', lister);
          // Wheels that rank alike are one to pip; the first by name is ours.
          expect(expected).toContain(path.slice('linux/cpu/'.length));
        }
      }
    },
  );
});
