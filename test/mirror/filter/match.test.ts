import { describe, expect, test } from 'vitest';
import { createFilterMatcher, matchFilterRules } from '../../../src/mirror/filter/match.ts';
import { parseFilterRules } from '../../../src/mirror/filter/parse.ts';

const verdict = (rules: string, path: string, base = '') => {
  const found = matchFilterRules(parseFilterRules(rules), path, base);
  return `${found.included ? 'in' : 'out'} by ${found.rule?.text ?? 'none'} at ${found.at}`;
};

describe('the verdict names the rule and the place', () => {
  test('nothing matched: included', () => {
    expect(verdict('- *.zip', 'linux/cpu/a.whl')).toBe('in by none at linux/cpu/a.whl');
  });
  test('the first rule that matches counts', () => {
    expect(verdict('+ a.whl\n- *.whl', 'x/a.whl')).toBe('in by + a.whl at x/a.whl');
    expect(verdict('- *.whl\n+ a.whl', 'x/a.whl')).toBe('out by - *.whl at x/a.whl');
  });
  test('an excluded folder excludes all below it', () => {
    expect(verdict('- linux\n+ *', 'linux/cpu/a.whl')).toBe('out by - linux at linux');
    expect(verdict('+ *.whl\n- *', 'linux/cpu/a.whl')).toBe('out by - * at linux');
  });
  test('the base and what is above it are not asked about', () => {
    expect(verdict('+ *.whl\n- *', 'linux/cpu/a.whl', 'linux/cpu')).toBe(
      'in by + *.whl at linux/cpu/a.whl',
    );
    expect(verdict('- /linux/cpu/', 'linux/cpu/a.whl', 'linux/cpu')).toBe(
      'in by none at linux/cpu/a.whl',
    );
    expect(verdict('+ *.whl\n- *', 'linux/cpu/old/a.whl', 'linux/cpu')).toBe(
      'out by - * at linux/cpu/old',
    );
  });
  test('a base that is the file itself: only the file is asked about', () => {
    expect(verdict('- linux', 'linux/a', 'linux/a')).toBe('in by none at linux/a');
    expect(verdict('- a', 'linux/a', 'linux/a')).toBe('out by - a at linux/a');
  });
  test('anchored patterns stand at the root of the bucket, whatever the base', () => {
    expect(verdict('+ /linux/cpu/*.whl\n- *', 'linux/cpu/a.whl', 'linux/cpu')).toBe(
      'in by + /linux/cpu/*.whl at linux/cpu/a.whl',
    );
  });
  test('a path that is not below the base is a mistake of the caller', () => {
    expect(() => matchFilterRules([], 'linux2/a', 'linux')).toThrow(RangeError);
  });
  test('a matcher for many files gives each its own verdict', () => {
    const match = createFilterMatcher(parseFilterRules('- b/\n- z'), '');
    expect(['a/x', 'b/x', 'b/c/y', 'a/z'].map((path) => match(path).at)).toEqual([
      'a/x',
      'b',
      'b',
      'a/z',
    ]);
  });
});

describe('the famous ones', () => {
  test.each([
    ['- foo/*/bar', 'foo/x/bar', false],
    ['- foo/*/bar', 'foo/bar', true],
    ['- /foo/**/bar', 'foo/a/b/bar', false],
    ['- /foo/**/bar', 'foo/bar', true],
    ['- foo/bar', 'x/foo/bar', false],
    ['- /foo/bar', 'x/foo/bar', true],
    ['- **/foo', 'foo', false],
    ['- foo/***', 'x/foo/y', false],
    ['- foo\\bar', 'foo\\bar', false],
    ['- foo\\bar*', 'foo\\bar', true],
    ['- foo\\\\bar*', 'foo\\bar', false],
    ['- foo/', 'foo', true],
    ['- ?', '中', true],
    ['- ???', '中', false],
    ['- [中]', '中', true],
    ['- versions/"2.21.0"/', 'versions/"2.21.0"/a.whl', false],
    ['-! *.whl', 'a.zip', false],
  ])('%s leaves %s: %s', (rules, path, included) => {
    expect(matchFilterRules(parseFilterRules(rules), path, '').included).toBe(included);
  });
});
