import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/platform/error.ts';
import { HELD } from '../../support/odd-tree.ts';
import { errorOf, pathsOf, resolveOne } from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

describe('filters', () => {
  it('exclude files', async () => {
    const filters = '- *-1.whl';
    expect(await pathsOf('path:linux/cpu/a-*', createTreeLister(HELD), { filters })).toEqual([
      'linux/cpu/a-2.whl',
    ]);
  });

  it('do not apply to the folder that the request names', async () => {
    const filters = '+ *.whl\n- *';
    expect(await pathsOf('path:linux/cpu/a-*', createTreeLister(HELD), { filters })).toHaveLength(
      2,
    );
    expect(await pathsOf('path:mac/cpu/', createTreeLister(HELD), { filters })).toHaveLength(1);
  });

  it('do not apply to other kinds', async () => {
    const held = ['tf-keras-datasets/mnist.npz'];
    expect(
      await pathsOf('keras-dataset:mnist', createTreeLister(held), { filters: '- *' }),
    ).toEqual(held);
  });

  it.each([
    [
      '**',
      '+ /linux/cpu/*.whl\n- *',
      ['"- *" (filters line 2) excludes the folder linux/', '+ /linux/'],
    ],
    ['linux/**', '+ /linux/cpu/*.whl\n- *', ['excludes the folder linux/cpu/', '+ /linux/cpu/']],
    [
      'linux/cpu/*.whl',
      '- *.whl',
      ['"- *.whl" (filters line 1) excludes linux/cpu/', '3 files', '+ /linux/cpu/*.whl'],
    ],
    ['linux/cpu/a-1.whl', '- linux/', ['']],
    ['mac/**', '- cpu/', ['"- cpu/" (filters line 1) excludes the folder mac/cpu/', '+ /mac/cpu/']],
  ])('path:%s with %j', async (glob, filters, words) => {
    if (words[0] === '') {
      expect(await pathsOf(`path:${glob}`, createTreeLister(HELD), { filters })).toHaveLength(1);
      return;
    }
    const error = await errorOf(() =>
      resolveOne(`path:${glob}`, createTreeLister(HELD), { filters }),
    );
    expect(error.code).toBe('nothing-matched');
    expect(error.message).toContain('the filters exclude all');
    for (const word of words) expect(describeError(error)).toContain(word);
    // The rules of the hint include something.
    const added = (error.hint ?? '').split('\n').slice(1).join('\n');
    expect(
      await pathsOf(`path:${glob}`, createTreeLister(HELD), { filters: `${added}\n${filters}` }),
    ).not.toEqual([]);
  });
});
