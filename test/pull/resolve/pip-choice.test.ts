import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRoom, type Room } from '../../support/engine.ts';
import { type IndexServer, startIndexServer } from '../../support/index-server.ts';
import { buildWheels, PIPS, pipTakes, type RealWheel } from '../../support/pip-judge.ts';

const LINUX = 'manylinux2014_x86_64';
const FOR_311 = `cp311-cp311-${LINUX}`;
const wheel = (version: string, more: Omit<RealWheel, 'version'> = {}): RealWheel => ({
  version,
  ...more,
});

let room: Room;
let servers: IndexServer[] = [];
beforeEach(() => {
  room = makeRoom();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  room.remove();
});

type Case = [string, readonly (readonly RealWheel[])[], string, string];
const CASES: Case[] = [
  [
    'a patch release below Requires-Python',
    [[wheel('1.0'), wheel('2.0', { requiresPython: '>=3.11.2' })]],
    '',
    '3.11.1',
  ],
  [
    'a patch release above it',
    [[wheel('1.0'), wheel('2.0', { requiresPython: '>=3.11.2' })]],
    '',
    '3.11.7',
  ],
  [
    'a patch release beyond an upper bound',
    [[wheel('1.0'), wheel('2.0', { requiresPython: '<3.11.5' })]],
    '',
    '3.11.7',
  ],
  [
    '3.11 and a lower bound: 3.11.0',
    [[wheel('1.0'), wheel('2.0', { requiresPython: '>=3.11.2' })]],
    '',
    '3.11',
  ],
  [
    '3.11 and an upper bound: 3.11.0',
    [[wheel('1.0'), wheel('2.0', { requiresPython: '<3.11.5' })]],
    '',
    '3.11',
  ],
  [
    'an excluded patch release',
    [[wheel('1.0'), wheel('2.0', { requiresPython: '!=3.11.7' })]],
    '',
    '3.11.7',
  ],
  [
    'a free-threaded build',
    [
      [
        wheel('2.0', { tags: `cp314-cp314-${LINUX}` }),
        wheel('1.0', { tags: `cp314-cp314t-${LINUX}` }),
      ],
    ],
    '',
    '3.14t',
  ],
  [
    'a free-threaded build without a wheel',
    [[wheel('2.0', { tags: `cp314-cp314-${LINUX}` })]],
    '',
    '3.14t',
  ],
  ['pre-releases alone', [[wheel('1.0rc1'), wheel('2.0.dev1'), wheel('2.0.dev2')]], '', '3.11'],
  [
    'a pre-release, and a release for another machine',
    [[wheel('1.0', { tags: 'cp39-cp39-win_amd64' }), wheel('2.0rc1')]],
    '',
    '3.11',
  ],
  [
    'a pre-release, and a release for another Python',
    [[wheel('1.0', { requiresPython: '>=3.12' }), wheel('2.0rc1')]],
    '',
    '3.11',
  ],
  [
    'a pre-release, and a release of another index',
    [[wheel('2.0rc1')], [wheel('1.0')]],
    '',
    '3.11',
  ],
  [
    'a pre-release, and a yanked release',
    [[wheel('1.0', { yanked: true }), wheel('2.0rc1')]],
    '',
    '3.11',
  ],
  ['a yanked pre-release', [[wheel('1.0rc1'), wheel('2.0rc1', { yanked: true })]], '', '3.11'],
  ['yanked, no specifier', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '', '3.11'],
  ['yanked, ==', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '==2', '3.11'],
  ['yanked, ===', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '===2.0', '3.11'],
  ['yanked, == and >=', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '==2.0,>=1', '3.11'],
  ['yanked, ==2.*', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '==2.*', '3.11'],
  ['yanked, >=2,<=2', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '>=2,<=2', '3.11'],
  ['yanked, ~=', [[wheel('1.0'), wheel('2.0', { yanked: true })]], '~=2.0', '3.11'],
  [
    'one wheel of a version yanked',
    [[wheel('2.0', { yanked: true, tags: FOR_311 }), wheel('2.0')]],
    '==2.0',
    '3.11',
  ],
  [
    'yanked in one index and not in another',
    [[wheel('2.0', { yanked: true, tags: FOR_311 })], [wheel('2.0')]],
    '==2.0',
    '3.11',
  ],
  [
    'the second index has the newer one',
    [[wheel('1.0', { tags: FOR_311 })], [wheel('1.1')]],
    '',
    '3.11',
  ],
  [
    'the second index has the better tag',
    [[wheel('1.0')], [wheel('1.0', { tags: FOR_311 })]],
    '',
    '3.11',
  ],
  [
    'the second index has the higher build',
    [[wheel('1.0', { tags: FOR_311 })], [wheel('1.0', { tags: `2-${FOR_311}` })]],
    '',
    '3.11',
  ],
];

/** Serves every case as a separate project, on two indexes. */
async function serve(cases: readonly Case[]): Promise<string[]> {
  const projects = [0, 1].map((position) =>
    Object.fromEntries(
      cases.flatMap(([, indexes], index) => {
        const wheels = indexes[position];
        const project = `case${index}`;
        return wheels === undefined ? [] : [[project, buildWheels(project, wheels)]];
      }),
    ),
  );
  servers = await Promise.all(projects.map((project) => startIndexServer(project, 'html')));
  return servers.map(({ url }) => url);
}

/** Long, because pip starts several times. */
const TIMEOUT_MS = 300_000;

const PYTHONS = [...new Set(CASES.map(([, , , python]) => python))];

describe.each(PIPS)('%s (skipped without pip)', (pip) => {
  test.each(PYTHONS)(
    'Python %s',
    async (python) => {
      const cases = CASES.filter(([, , , wanted]) => wanted === python);
      const urls = await serve(cases);
      const ours: Record<string, string> = {};
      for (const [index, [title, , specifier]] of cases.entries()) {
        const { error, report } = await room.pull({
          artifacts: `wheel:case${index}${specifier}?python=${python}&platform=${LINUX}`,
          mirrors: urls.map((url) => `pypi=${url}`).join('\n'),
        });
        if (error !== undefined && error.code !== 'nothing-matched') throw error;
        ours[title] = report.artifacts[0]?.files[0]?.path.replace(/^.*\//, '') ?? 'none';
      }

      const version = python.replace('t', '');
      const abi = `cp${version.split('.').slice(0, 2).join('')}${python.endsWith('t') ? 't' : ''}`;
      const target = ['--python-version', version, '--platform', LINUX, '--abi', abi];
      const ask = (indexes: readonly number[]): Promise<string[]> => {
        const requirements = indexes.map((index) => `case${index}${cases[index]?.[2] ?? ''}`);
        return pipTakes(pip, requirements, urls, target);
      };
      // Those for which something is expected in one call; pip fails as a whole if one has nothing.
      const found = cases
        .map((_, index) => index)
        .filter((index) => ours[cases[index]?.[0] ?? ''] !== 'none');
      const together = found.length === 0 ? [] : await ask(found);
      const pips: Record<string, string> = {};
      for (const [index, [title]] of cases.entries()) {
        const mine = (name: string): boolean => name.startsWith(`case${index}-`);
        const taken = found.includes(index) && together.length > 0 ? together : await ask([index]);
        pips[title] = taken.find(mine) ?? 'none';
      }
      expect(ours).toEqual(pips);
    },
    TIMEOUT_MS,
  );
});
