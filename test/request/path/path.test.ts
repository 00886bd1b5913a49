import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/platform/error.ts';
import { LISTING_2016 } from '../../support/listing-2016.ts';
import { HELD } from '../../support/odd-tree.ts';
import { errorOf, pathsOf, resolveOne } from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

describe('files that a glob matches', () => {
  it.each([
    ['readme.txt', ['readme.txt'], ['(root)']],
    ['linux/cpu/a-1.whl', ['linux/cpu/a-1.whl'], ['linux/cpu']],
    [
      'linux/cpu/*.whl',
      ['linux/cpu/.hidden.whl', 'linux/cpu/a-1.whl', 'linux/cpu/a-2.whl'],
      ['linux/cpu'],
    ],
    ['linux/cpu/a-?.whl', ['linux/cpu/a-1.whl', 'linux/cpu/a-2.whl'], ['linux/cpu']],
    ['linux/cpu/a-[!1].whl', ['linux/cpu/a-2.whl'], ['linux/cpu']],
    ['linux/cpu/a-[1-2].whl', ['linux/cpu/a-1.whl', 'linux/cpu/a-2.whl'], ['linux/cpu']],
    [
      '*/cpu/*-1.whl',
      ['linux/cpu/a-1.whl', 'mac/cpu/c-1.whl'],
      ['(root)', 'linux/cpu, mac/cpu, versions/cpu, odd/cpu'],
    ],
    ['{linux,mac}/cpu/*-1.whl', ['linux/cpu/a-1.whl', 'mac/cpu/c-1.whl'], ['linux/cpu, mac/cpu']],
    [
      'linux/{c,g}pu/{a,b}-1.whl',
      ['linux/cpu/a-1.whl', 'linux/gpu/b-1.whl'],
      ['linux/cpu, linux/gpu'],
    ],
    ['{readme.txt,mac/**}', ['mac/cpu/c-1.whl', 'readme.txt'], ['tree of mac', '(root)']],
    [
      'linux/cpu/',
      [
        'linux/cpu/.hidden.whl',
        'linux/cpu/a-1.whl',
        'linux/cpu/a-2.whl',
        'linux/cpu/debian/jessie/a-1.whl',
        'linux/cpu/notes.txt',
      ],
      ['tree of linux/cpu'],
    ],
    [
      'linux/**/a-1.whl',
      ['linux/cpu/a-1.whl', 'linux/cpu/debian/jessie/a-1.whl'],
      ['tree of linux'],
    ],
    ['**/d-1.whl', ['versions/"2.21.0"/d-1.whl'], ['tree of (root)']],
    ['versions/"2.21.0"/*.whl', ['versions/"2.21.0"/d-1.whl'], ['versions/"2.21.0"']],
    ['versions/"*"/*', ['versions/"2.21.0"/d-1.whl'], ['versions', 'versions/"2.21.0"']],
    ['odd/-rf', ['odd/-rf'], ['odd']],
    ['odd/-*', ['odd/-rf'], ['odd']],
    ['odd/a b.txt', ['odd/a b.txt'], ['odd']],
    ['odd/a#*', ['odd/a#b'], ['odd']],
    ['odd/back\\\\slash', ['odd/back\\slash'], ['odd']],
    ["odd/it's*", ["odd/it's"], ['odd']],
    ['odd/new*', ['odd/new\nline'], ['odd']],
    ['odd/new?line', ['odd/new\nline'], ['odd']],
    ['odd/模型 (?).h5', ['odd/模型 (1).h5'], ['odd']],
    ['odd/{x}', ['odd/{x}'], ['odd']],
    ['odd/\\[1\\].txt', ['odd/[1].txt'], ['odd']],
    ['odd/[1].txt', ['odd/1.txt'], ['odd']],
    ['odd/\\*.txt', ['odd/*.txt'], ['odd']],
    ['odd/a+b!c@(d|e)*', ['odd/a+b!c@(d|e)'], ['odd']],
    ['odd/%41', ['odd/%41'], ['odd']],
  ])('%s', async (glob, paths, calls) => {
    const lister = createTreeLister(HELD);
    expect(await pathsOf(`path:${glob}`, lister)).toEqual(paths);
    expect(lister.calls).toEqual(calls.map((call) => `tensorflow: ${call}`));
  });

  it('takes everything below a folder, names with a newline too', async () => {
    const below = HELD.filter((path) => path.startsWith('odd/')).sort();
    expect(await pathsOf('path:odd/**', createTreeLister(HELD))).toEqual(below);
    expect(await pathsOf('path:odd/*', createTreeLister(HELD))).toEqual(below);
    expect(await pathsOf('path:**', createTreeLister(HELD))).toEqual(HELD.toSorted());
  });

  it('has the number of files in its title', async () => {
    const artifact = await resolveOne('path:linux/cpu/*.whl', createTreeLister(LISTING_2016));
    const expected = LISTING_2016.filter((path) => /^linux\/cpu\/[^/]*\.whl$/.test(path));
    expect(artifact.files.map(({ path }) => path)).toEqual(expected.sort());
    expect(artifact).toMatchObject({
      id: 'path:linux/cpu/*.whl',
      title: `linux/cpu/*.whl (${expected.length} files)`,
      version: undefined,
    });
  });
});

describe('nothing matched', () => {
  it.each(['linux/.tfcache-partial', 'linux/.tfcache-basis/*'])(
    'a name that rsync mirrors skip: %s',
    async (glob) => {
      const error = await errorOf(() => resolveOne(`path:${glob}`, createTreeLister(HELD)));
      expect(error.code).toBe('nothing-matched');
      expect(describeError(error)).toContain('is a name that tfcache uses for temporary files');
    },
  );

  it.each([
    ['linux/cpu', ['linux/cpu is a folder', 'path:linux/cpu/**']],
    ['versions/"2.21.0"', ['is a folder', 'path:versions/"2.21.0"/**']],
    ['linux/*', ['linux/cpu, linux/gpu are folders', 'path:linux/*/**']],
    ['linux/cpu/a-3.whl', ['no file in linux/cpu/ matches', 'a-1.whl', 'a-2.whl']],
    ['linus/cpu/*.whl', ['no folder linus/cpu/', 'linux/']],
    ['linux/npu/x/y/*.whl', ['no folder linux/npu/x/y/', 'cpu/']],
    ['Readme.txt', ['no file in the root matches', 'readme.txt', 'upper and lower case']],
    [' readme.txt', ['Remove the space']],
    ['linus/cpu/*.whl', ['Did you mean linux? Write path:linux/cpu/*.whl']],
    ['linux/cpi/a-1.whl', ['Did you mean cpu? Write path:linux/cpu/a-1.whl']],
    ['Linux/cpu/*', ['Did you mean linux (upper and lower case differ)? Write path:linux/cpu/*']],
    ['linux/cpu/a-11.whl', ['Did you mean a-1.whl? Write path:linux/cpu/a-1.whl']],
    ['linux\\cpu\\a-1.whl', ['Separate folders by "/": write path:linux/cpu/a-1.whl']],
    ['linux/cpuu', ['Did you mean cpu? Write path:linux/cpu/**']],
    ['versions/"2.21.1"/*', ['Write path:versions/"2.21.0"/*']],
    ['tensorflow/linux/cpu/*.whl', ['no folder tensorflow/', 'Write path:linux/cpu/*.whl']],
    ['tensorflow/', ['Write path:**']],
    ['nothing/**', ['no folder nothing/']],
    ['linux/**/*.zip', ['no file in linux/ matches']],
  ])('%s', async (glob, words) => {
    const error = await errorOf(() => resolveOne(`path:${glob}`, createTreeLister(HELD)));
    expect(error.code).toBe('nothing-matched');
    const all = describeError(error);
    if (glob === 'linus/cpu/*.whl') expect(all).not.toContain('upper and lower case');
    for (const word of [...words, 'line 1', `path:${glob}`, 'rsync://mirror.example/tensorflow/']) {
      expect(all).toContain(word);
    }
  });

  it('on an empty mirror', async () => {
    const error = await errorOf(() => resolveOne('path:a/*', createTreeLister([])));
    expect(error.code).toBe('nothing-matched');
  });

  it('escapes names of the mirror, which cannot forge a line of the log', async () => {
    const error = await errorOf(() =>
      resolveOne('path:x', createTreeLister(['a\n::error::forged'])),
    );
    expect(describeError(error)).not.toMatch(/^::error::/m);
  });
});

describe('names that are reserved in the destination', () => {
  it('are refused, unless filters exclude them', async () => {
    const held = ['@tfcache.json', '@views/pip/x.whl', 'a.whl', 'b/@c'];
    const error = await errorOf(() => resolveOne('path:**', createTreeLister(held)));
    expect(error.reason).toBe('request-invalid');
    expect(error.found).toContain('@tfcache.json');
    expect(await pathsOf('path:**', createTreeLister(held), { filters: '- /@*' })).toEqual([
      'a.whl',
      'b/@c',
    ]);
  });
});
