import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { RequiresPython, toPythonRelease } from '../../../src/request/version/requires-python.ts';
import { parsePythonVersion } from '../../../src/request/version/tags.ts';
import { pythonWithPackaging } from '../../support/python.ts';

const REQUIREMENTS = [
  '>=3.11.2',
  '<3.11.5',
  '>3.11',
  '<=3.11',
  '!=3.11.7',
  '==3.11.*',
  '==3.11',
  '~=3.11.3',
  '~=3.9',
  '>=3.9,<3.13',
  '>=3.9,<4.0,',
  '>=3.7,!=3.9.7',
  '>=3.12.0rc1',
  '<3.12.0a1',
  '>=2.7,!=3.0.*,!=3.1.*',
  ' >= 3.9 ',
  '',
];
const VERSIONS = ['2.7.18', '3.9.7', '3.11.0', '3.11.2', '3.11.7', '3.12.0', '3.13.1'];

const python = pythonWithPackaging('specifiers');
describe('Requires-Python', () => {
  it.skipIf(python === undefined)(
    'is read as packaging reads it (skipped without python and its "packaging")',
    () => {
      const script = [
        'import json,sys',
        'from packaging.specifiers import SpecifierSet as S',
        'requirements,versions=json.loads(sys.argv[1])',
        'print(json.dumps([[v in S(r, prereleases=True) for v in versions] for r in requirements]))',
      ].join('\n');
      const answer = execFileSync(python ?? '', [
        '-c',
        script,
        JSON.stringify([REQUIREMENTS, VERSIONS]),
      ]);
      const read = new RequiresPython();
      const ours = REQUIREMENTS.map((text) =>
        VERSIONS.map((version) => read.admits(text, version)),
      );
      expect(ours).toEqual(JSON.parse(answer.toString()));
    },
  );

  it.each(['garbage', '>=3.9.*', '3.9', '=>3.9'])(
    'that cannot be read restricts nothing: %s',
    (text) => {
      expect(new RequiresPython().admits(text, '3.6.0')).toBe(true);
    },
  );

  it.each([
    ['>=3.11.2', '3.11', true],
    ['<3.11.5', '3.11', true],
    ['!=3.11.7', '3.11', true],
    ['>3.11', '3.11', true],
    ['>=3.9', '3.11', false],
    ['>=3.11.2', '3.12', false],
    ['>=3.12', '3.11', false],
    ['garbage', '3.11', false],
  ])('%s depends on the patch release of %s: %s', (text, version, depends) => {
    const asked = parsePythonVersion(version) ?? { major: 0, minor: 0 };
    expect(new RequiresPython().dependsOnPatch(text, asked)).toBe(depends);
  });
});

it.each([
  ['3.11', { version: '3.11.0', isAssumed: true }],
  ['3.11.7', { version: '3.11.7', isAssumed: false }],
  ['3.14.1t', { version: '3.14.1', isAssumed: false }],
])('%s stands for a release', (text, release) => {
  expect(toPythonRelease(parsePythonVersion(text) ?? { major: 0, minor: 0 })).toEqual(release);
});
