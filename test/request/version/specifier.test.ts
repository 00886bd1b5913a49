import { execFileSync } from 'node:child_process';
import { compare } from '@renovatebot/pep440';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAdmittedVersion,
  MalformedSpecifierError,
  matchesSpecifier,
  parseSpecifier,
} from '../../../src/request/version/specifier.ts';
import { canAdmitFrom, findPinnedVersion } from '../../../src/request/version/specifier-reach.ts';
import { pythonWithPackaging } from '../../support/python.ts';

describe('versions that a specifier admits', () => {
  it.each([
    ['', '2.15.0', true],
    ['~=2.15.0', '2.15.1', true],
    ['~=2.15.0', '2.16.0', false],
    ['~=2.15', '2.99', true],
    ['>=2.14,<2.16', '2.15.1', true],
    ['>=2.14, <2.16', '2.16.0', false],
    ['<2.16', '2.16.0rc1', false],
    ['<2.16.0rc2', '2.16.0rc1', true],
    ['==2.15.*', '2.15.1', true],
    ['==2.15.0.*', '2.15', true],
    ['!=2.15.*', '2.15.1', false],
    ['==2.15', '2.15.0', true],
    ['==2.15.0', '2.15.0+cu12', true],
    ['==2.15.0+cu12', '2.15.0+cu11', false],
    ['===2.15.0', '2.15.0', true],
    ['===2.15', '2.15.0', false],
    ['>2.15', '2.15.0.post1', false],
    ['>2.15.0.post1', '2.15.0.post2', true],
    ['>2.15', '2.15.0+local', false],
    ['==2.16.0-rc1', '2.16.0rc1', true],
    ['== 2.15.0', '2.15.0', true],
    ['==1!2.0', '2.0', false],
  ])('%s and %s: %s', (specifier, version, expected) => {
    expect(matchesSpecifier(parseSpecifier(specifier), version)).toBe(expected);
  });

  it.each([
    ['', '2.16.0rc1', false],
    ['>=2.15', '2.16.0rc1', false],
    ['>=2.16.0rc0', '2.16.0rc1', true],
    ['==2.16.0rc1', '2.16.0rc1', true],
    ['!=2.15.0rc0', '2.16.0rc1', false],
    ['>=2.15', '2.17.0.dev20240101', false],
    ['>=2.15', '2.16.0.post1', true],
  ])('admits pre-releases only by name: %s and %s: %s', (specifier, version, expected) => {
    expect(isAdmittedVersion(parseSpecifier(specifier), version)).toBe(expected);
  });
});

function malformedError(specifier: string): MalformedSpecifierError {
  try {
    parseSpecifier(specifier);
  } catch (error) {
    if (error instanceof MalformedSpecifierError) return error;
    throw error;
  }
  throw new Error(`${specifier} is not malformed`);
}

describe('a malformed specifier', () => {
  it.each([
    ['=2.15.0', 'Write ==2.15.0'],
    ['2.15.0', 'Write ==2.15.0'],
    ['^2.15', 'Write ==2.15'],
    ['~2.15', 'Write ==2.15'],
    ['>=2.14,', 'comma'],
    ['>=', 'has no version after >='],
    ['==two', '"two" is not a version'],
    ['~=2', 'Write ~=2.0, or ==2.*'],
    ['>=2.15.*', '.*, which can follow only == or !='],
    ['>=2.15+cu', 'local version'],
    ['==2.15.0 <3', 'Write ==2.15.0,<3'],
    ['>==2.15', 'more than one operator'],
    ['==2.15rc1.*', 'plain numbers'],
    ['=== 2 15', 'space'],
  ])('%s: %s', (specifier, words) => {
    const { message, hint } = malformedError(specifier);
    expect(`${message}. ${hint}`).toContain(words);
  });
});

const number = fc.integer({ min: 0, max: 3 });
const versions = fc
  .record({
    epoch: fc.constantFrom('', '', '', '1!'),
    release: fc.array(number, { minLength: 1, maxLength: 4 }),
    pre: fc.constantFrom('', '', 'rc1', 'a0', 'b2'),
    post: fc.constantFrom('', '', '.post1', '.post2'),
    dev: fc.constantFrom('', '', '.dev3'),
    local: fc.constantFrom('', '', '', '+cu12', '+cu.1'),
  })
  .map((v) => v.epoch + v.release.join('.') + v.pre + v.post + v.dev + v.local);
const clauses = fc
  .tuple(fc.constantFrom('==', '!=', '<=', '>=', '<', '>', '~=', '==*', '!=*', '==='), versions)
  .map(([operator, version]) => {
    if (operator.endsWith('*')) {
      const release = /^(?:1!)?[\d.]*\d/.exec(version)?.[0] ?? '0';
      return `${operator.slice(0, 2)}${release.replace(/\.$/, '')}.*`;
    }
    const local = operator === '==' || operator === '!=' || operator === '===';
    const written = local ? version : version.replace(/\+.*/, '');
    return operator + (operator === '~=' && !written.includes('.') ? `${written}.0` : written);
  })
  .filter((clause) => !/^~=(?:1!)?\d+(?:rc|a|b|\.post|\.dev|$)/.test(clause));
const specifiers = fc
  .array(clauses, { minLength: 1, maxLength: 2 })
  .map((written) => written.join(','));

describe('properties', () => {
  const python = pythonWithPackaging('specifiers');
  it.skipIf(python === undefined)(
    'admits what the reference implementation admits (skipped without python and its "packaging")',
    () => {
      const cases = fc.sample(fc.tuple(specifiers, versions), 3000);
      const script = [
        'import json,sys',
        'from packaging.specifiers import SpecifierSet as S',
        'print(json.dumps([S(s).contains(v, prereleases=True) for s, v in json.load(sys.stdin)]))',
      ].join('\n');
      const answer: unknown = JSON.parse(
        execFileSync(python ?? '', ['-c', script], { input: JSON.stringify(cases) }).toString(),
      );
      const ours = cases.map(([specifier, version]) =>
        matchesSpecifier(parseSpecifier(specifier), version),
      );
      const differing = cases.filter((_, index) => ours[index] !== (answer as boolean[])[index]);
      expect(differing).toEqual([]);
    },
  );

  it('never excludes a folder with an admitted version', () => {
    fc.assert(
      fc.property(specifiers, versions, (text, version) => {
        const specifier = parseSpecifier(text);
        const boundary = '2.1.dev0';
        if (!matchesSpecifier(specifier, version) || compare(version, boundary) < 0) return;
        expect(canAdmitFrom(specifier, boundary)).toBe(true);
      }),
    );
  });

  it.each([
    ['==2.15.0', false],
    ['~=2.15.0', false],
    ['==2.15.*', false],
    ['<2.16', false],
    ['>=2.14,<2.16', false],
    ['<=2.16', true],
    ['>=2.14', true],
    ['', true],
    ['>=2.16', true],
    ['~=2.16.1', true],
    ['==2.16.*', true],
    ['==2.16.0rc0', true],
    ['~=2.15', true],
    ['===2.17.0', true],
    ['<2.16.0rc1', true],
  ])('%s reaches 2.16 or later: %s', (text, reaches) => {
    const specifier = parseSpecifier(text);
    expect(canAdmitFrom(specifier, '2.16.dev0')).toBe(reaches);
  });

  it('has a pinned version', () => {
    expect(findPinnedVersion(parseSpecifier('==2.15.0'))).toBe('2.15.0');
    expect(findPinnedVersion(parseSpecifier('==2.15.*'))).toBeUndefined();
    expect(findPinnedVersion(parseSpecifier('>=2.15'))).toBeUndefined();
  });
});
