import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parseFilterRules } from '../../../src/mirror/filter/parse.ts';
import { TfcacheError } from '../../../src/platform/error.ts';

const rule = (text: string) => parseFilterRules(text)[0];

describe('what is read', () => {
  test.each([
    ['+ *.whl', { action: 'include', pattern: '*.whl' }],
    ['- *', { action: 'exclude', pattern: '*' }],
    ['-_*.o', { action: 'exclude', pattern: '*.o' }],
    ['include *.whl', { action: 'include', pattern: '*.whl' }],
    ['exclude,! *.whl', { action: 'exclude', pattern: '*.whl', negated: true }],
    ['exclude_x', { action: 'exclude', pattern: 'x' }],
    ['hide x', { action: 'exclude', pattern: 'x' }],
    ['S x', { action: 'include', pattern: 'x' }],
    ['-! */', { action: 'exclude', pattern: '*', negated: true, foldersOnly: true }],
    ['-,s x', { action: 'exclude', pattern: 'x' }],
    ['-sr x', { action: 'exclude', pattern: 'x' }],
    ['-p x', { action: 'exclude', pattern: 'x' }],
    ['+ /linux/cpu/', { anchored: true, foldersOnly: true, pattern: 'linux/cpu' }],
    ['+ /linux/***', { anchored: true, foldersOnly: false, pattern: 'linux/***' }],
    ['- /', { anchored: true, foldersOnly: false, pattern: '' }],
    ['-  two spaces ', { pattern: ' two spaces ' }],
    ['- #hash', { pattern: '#hash' }],
    ['- _x', { pattern: '_x' }],
    ['   - indented', { pattern: 'indented', text: '- indented' }],
    ['- x\r', { pattern: 'x' }],
  ])('%j', (text, expected) => {
    expect(rule(text)).toMatchObject(expected);
  });

  test('comments and blank lines say nothing, and lines are counted', () => {
    const rules = parseFilterRules('# first\n\n; also\n+ a\n  \n- b\n');
    expect(rules.map(({ pattern, line }) => [pattern, line])).toEqual([
      ['a', 4],
      ['b', 6],
    ]);
  });

  test.each(['!', 'clear'])('%s forgets what stands before it', (clear) => {
    expect(parseFilterRules(`+ a\n- b\n${clear}\n- c`).map(({ pattern }) => pattern)).toEqual([
      'c',
    ]);
  });
});

describe('what is refused', () => {
  test.each([
    ['*.whl', 'does not begin with the name of a rule', '+ PATTERN'],
    ['excluded x', 'does not begin', '+ PATTERN'],
    ['-', 'no pattern', '- PATTERN'],
    ['+ ', 'no pattern', '+ PATTERN'],
    ['-z x', '"z" is no modifier', 'one space'],
    ['+linux/cpu', '"l" is no modifier', 'one space'],
    ['Hs x', '"s" is no modifier', 'one space'],
    ['! x', 'nothing may follow', 'line of its own'],
    ['-/ /etc', '"/" has no meaning here', 'root of the bucket'],
    ['-C', '"C" has no meaning here', 'Write the patterns'],
    ['-x user.*', '"x" has no meaning here', 'extended attributes'],
    ['-r x', 'about deletion', 'Leave it out'],
    ['P x', '"P" has no meaning here', 'Leave it out'],
    ['protect x', '"protect" has no meaning here', 'Leave it out'],
    ['risk x', '"risk" has no meaning here', 'Leave it out'],
    ['. rules', '"." has no meaning here', 'rules of that file'],
    ['merge rules', '"merge" has no meaning here', 'rules of that file'],
    [': .rsync-filter', '":" has no meaning here', 'Write the rules here'],
    ['dir-merge .rules', '"dir-merge" has no meaning here', 'Write the rules here'],
  ])('%j', (text, what, hint) => {
    let error: unknown;
    try {
      parseFilterRules(`+ fine\n${text}`);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TfcacheError);
    expect(error).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(what),
      where: 'input filters, line 2',
      found: text,
      hint: expect.stringContaining(hint),
    });
  });

  test.each(['*.whl', 'excluded x', '-', '+ ', '-z x', '+linux/cpu', 'Hs x', '! x', '-\tx'])(
    'rsync refuses %j too',
    (text) => {
      expect(() => parseFilterRules(text)).toThrow(TfcacheError);
      const { status } = spawnSync('rsync', ['--list-only', `--filter=${text}`, '--', '/', '.']);
      expect(status).toBe(1);
    },
  );
});
