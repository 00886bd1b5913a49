import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveScopes } from '../../../../src/cache/s3/index/scopes.ts';
import { parseS3Location } from '../../../../src/cache/s3/location/location.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const scopes = (environment: NodeJS.ProcessEnv, parameters = '') =>
  resolveScopes(parseS3Location(`s3://builds?${parameters}`), environment);

function eventFile(event: unknown): string {
  const file = join(temporaryFolder(), 'event.json');
  writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
  return file;
}

const DEFAULT_MAIN = { repository: { default_branch: 'main' } };

describe('on GitHub', () => {
  it.each([
    [{ GITHUB_REF: 'refs/heads/main' }, ['branch-main']],
    [{ GITHUB_REF: 'refs/heads/feature/x' }, ['branch-feature=2Fx', 'branch-main']],
    [{ GITHUB_REF: 'refs/tags/v1.0' }, ['tag-v1.0', 'branch-main']],
    [
      { GITHUB_REF: 'refs/pull/17/merge', GITHUB_HEAD_REF: 'main', GITHUB_BASE_REF: 'next' },
      ['pull-17', 'branch-next', 'branch-main'],
    ],
    [{ GITHUB_REF: 'refs/pull/17/merge', GITHUB_BASE_REF: 'main' }, ['pull-17', 'branch-main']],
  ])('%j reads %j', (environment, read) => {
    const event = { ...environment, GITHUB_EVENT_PATH: eventFile(DEFAULT_MAIN) };
    expect(scopes(event)).toEqual({
      writeScope: read[0],
      readScopes: read,
      unreadableReason: undefined,
      unwritableReason: undefined,
    });
  });

  describe('a merge queue reads the cache of the branch that it merges into', () => {
    const commit = 'a'.repeat(40);
    const ref = `refs/heads/gh-readonly-queue/release/2.0/pr-17-${commit}`;
    const own = `branch-gh-readonly-queue=2Frelease=2F2.0=2Fpr-17-${commit}`;
    const read = [own, 'branch-release=2F2.0', 'branch-main'];
    it.each([
      [
        'as the event says',
        { ...DEFAULT_MAIN, merge_group: { base_ref: 'refs/heads/release/2.0' } },
      ],
      ['as the ref says, if the event does not', DEFAULT_MAIN],
      ['as the ref says, if the event is odd', { ...DEFAULT_MAIN, merge_group: { base_ref: 7 } }],
      [
        'as the ref says, if the event is empty',
        { ...DEFAULT_MAIN, merge_group: { base_ref: '' } },
      ],
    ])('%s', (_, event) => {
      const environment = {
        GITHUB_REF: ref,
        GITHUB_EVENT_NAME: 'merge_group',
        GITHUB_EVENT_PATH: eventFile(event),
      };
      expect(scopes(environment)).toEqual({
        writeScope: own,
        readScopes: read,
        unreadableReason: undefined,
        unwritableReason: undefined,
      });
    });

    it('into the default branch reads it once', () => {
      const environment = {
        GITHUB_REF: `refs/heads/gh-readonly-queue/main/pr-3-${commit}`,
        GITHUB_EVENT_NAME: 'merge_group',
        GITHUB_EVENT_PATH: eventFile({
          ...DEFAULT_MAIN,
          merge_group: { base_ref: 'refs/heads/main' },
        }),
      };
      expect(scopes(environment).readScopes.slice(1)).toEqual(['branch-main']);
    });

    it('reads its base also if another CI builds the branch', () => {
      const branch = `gh-readonly-queue/next/pr-3-${commit}`;
      const buildkite = { BUILDKITE: 'true', BUILDKITE_BRANCH: branch };
      expect(scopes(buildkite).readScopes.slice(1)).toEqual(['branch-next']);
      expect(
        scopes({ ...buildkite, BUILDKITE_MERGE_QUEUE_BASE_BRANCH: 'stable' }).readScopes.slice(1),
      ).toEqual(['branch-stable']);
      const gitlab = { GITLAB_CI: 'true', CI_COMMIT_BRANCH: branch, CI_DEFAULT_BRANCH: 'main' };
      expect(scopes(gitlab).readScopes.slice(1)).toEqual(['branch-next', 'branch-main']);
    });

    it('a branch with a similar name has no base', () => {
      for (const name of [
        'gh-readonly-queue/main',
        'gh-readonly-queue/main/pr-x-y',
        'queue/pr-1',
      ]) {
        const environment = {
          GITHUB_REF: `refs/heads/${name}`,
          GITHUB_EVENT_PATH: eventFile(DEFAULT_MAIN),
        };
        expect(scopes(environment).readScopes).toHaveLength(2);
      }
    });
  });

  it('needs no default branch', () => {
    for (const event of ['not JSON', {}, { repository: { default_branch: 5 } }]) {
      const environment = { GITHUB_REF: 'refs/heads/x', GITHUB_EVENT_PATH: eventFile(event) };
      expect(scopes(environment).readScopes).toEqual(['branch-x']);
    }
    expect(
      scopes({ GITHUB_REF: 'refs/heads/x', GITHUB_EVENT_PATH: '/no/such' }).readScopes,
    ).toEqual(['branch-x']);
  });

  it.each([
    {
      GITHUB_REF: 'refs/heads/main',
      GITHUB_EVENT_NAME: 'pull_request_target',
      GITHUB_HEAD_REF: 'x',
    },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'issue_comment' },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'workflow_run' },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'check_run' },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'check_suite' },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'deployment_status' },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'status' },
    { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'some_new_event', GITHUB_HEAD_REF: 'x' },
  ])('an untrusted event with the rights of a branch may read, not write: %j', (environment) => {
    const found = scopes(environment);
    expect(found.readScopes).toContain('branch-main');
    expect(found.unreadableReason).toBeUndefined();
    expect(found.unwritableReason).toMatch(/may build untrusted changes/);
  });

  it('a pull request may write to its own folder, for any event', () => {
    for (const event of ['pull_request', 'pull_request_review']) {
      const environment = {
        GITHUB_REF: 'refs/pull/3/merge',
        GITHUB_EVENT_NAME: event,
        GITHUB_HEAD_REF: 'x',
      };
      expect(scopes(environment)).toMatchObject({
        writeScope: 'pull-3',
        unwritableReason: undefined,
      });
    }
  });

  it.each([
    ['read', undefined, /cache-mode is read/],
    ['write-only', /cache-mode is write-only/, undefined],
    ['none', /cache-mode is none/, /cache-mode is none/],
    ['write', undefined, undefined],
    ['something', undefined, undefined],
  ])('follows the cache mode %s', (mode, unreadable, unwritable) => {
    const found = scopes({ GITHUB_REF: 'refs/heads/main', ACTIONS_CACHE_MODE: mode });
    for (const [reason, words] of [
      [found.unreadableReason, unreadable],
      [found.unwritableReason, unwritable],
    ] as const) {
      if (words === undefined) expect(reason).toBeUndefined();
      else expect(reason).toMatch(words);
    }
  });

  it('names stay in their folder, and are different for different branches', () => {
    const own = (ref: string) => scopes({ GITHUB_REF: ref }).writeScope;
    expect(own('refs/heads/../packs')).toBe('branch-..=2Fpacks');
    expect(own('refs/heads/a=2Fb')).not.toBe(own('refs/heads/a/b'));
    expect(own(`refs/heads/${'ü'.repeat(300)}`).length).toBeLessThanOrEqual(250);
    expect(own(`refs/heads/${'ü'.repeat(300)}`)).not.toBe(own(`refs/heads/${'ü'.repeat(301)}`));
    // A branch cannot be called as a pull request's folder is.
    expect(own('refs/heads/pull-17')).toBe('branch-pull-17');
  });
});

describe('on other CIs', () => {
  it.each([
    [
      { GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'x', CI_DEFAULT_BRANCH: 'main' },
      ['branch-x', 'branch-main'],
    ],
    [
      { GITLAB_CI: 'true', CI_COMMIT_TAG: 'v1', CI_DEFAULT_BRANCH: 'main' },
      ['tag-v1', 'branch-main'],
    ],
    [
      {
        GITLAB_CI: 'true',
        CI_MERGE_REQUEST_IID: '9',
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'next',
        CI_DEFAULT_BRANCH: 'main',
      },
      ['pull-9', 'branch-next', 'branch-main'],
    ],
    [
      {
        BUILDKITE: 'true',
        BUILDKITE_PULL_REQUEST: 'false',
        BUILDKITE_BRANCH: 'x',
        BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main',
      },
      ['branch-x', 'branch-main'],
    ],
    [
      {
        BUILDKITE: 'true',
        BUILDKITE_PULL_REQUEST: '5',
        BUILDKITE_BRANCH: 'x',
        BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main',
      },
      ['pull-5', 'branch-main'],
    ],
    [
      { JENKINS_URL: 'http://j', BRANCH_NAME: 'PR-4', CHANGE_ID: '4', CHANGE_TARGET: 'main' },
      ['pull-4', 'branch-main'],
    ],
    [{ JENKINS_URL: 'http://j', BRANCH_NAME: 'main', BRANCH_IS_PRIMARY: 'true' }, ['branch-main']],
    // Without a URL in its settings, Jenkins tells no JENKINS_URL.
    [{ JENKINS_HOME: '/var/jenkins_home', BRANCH_NAME: 'PR-4', CHANGE_ID: '4' }, ['pull-4']],
    [{ BUILD_TAG: 'jenkins-x-7', JOB_NAME: 'x/main', BRANCH_NAME: 'main' }, ['branch-main']],
    [{}, ['local']],
    [{ CI: 'false', BRANCH_NAME: 'x', BUILD_TAG: 'mine' }, ['local']],
  ])('%j reads %j', (environment, read) => {
    expect(scopes(environment)).toMatchObject({
      writeScope: read[0],
      readScopes: read,
      unwritableReason: undefined,
    });
  });

  it.each([
    { CI: 'true' },
    { CI: '1' },
    { TF_BUILD: 'True' },
    { CIRCLECI: 'true' },
    { JENKINS_URL: 'http://j' },
    { JENKINS_NODE_COOKIE: 'x' },
    { BUILD_TAG: 'jenkins-x-7', JOB_NAME: 'x', GIT_BRANCH: 'origin/main' },
    { CI: 'true', GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main' },
    { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST: 'false' },
  ])('%j does not name the branch, and may only read', (environment) => {
    expect(scopes(environment)).toMatchObject({
      readScopes: ['local'],
      unreadableReason: undefined,
      unwritableReason: expect.stringMatching(/^this CI does not name the branch; set scope=…/),
    });
    expect(scopes(environment, 'scope=team-a')).toMatchObject({
      writeScope: 'team-a',
      unwritableReason: undefined,
    });
  });
});

describe('in the address', () => {
  it('a scope replaces the branch of the CI', () => {
    const environment = { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'push' };
    expect(scopes(environment, 'scope=team-a')).toEqual({
      writeScope: 'team-a',
      readScopes: ['team-a'],
      unreadableReason: undefined,
      unwritableReason: undefined,
    });
    expect(scopes(environment, 'scope=team-a&default-branch=main').readScopes).toEqual([
      'team-a',
      'branch-main',
    ]);
    expect(scopes({}, 'scope=none').readScopes).toEqual(['shared']);
  });

  it('a scope does not permit writing', () => {
    const environment = { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'issue_comment' };
    expect(scopes(environment, 'scope=team-a').unwritableReason).toMatch(
      /may build untrusted changes/,
    );
    expect(scopes(environment, 'scope=none').unwritableReason).toMatch(
      /may build untrusted changes/,
    );
  });

  it('read-only has precedence', () => {
    expect(scopes({}, 'scope=team-a&read-only=true').unwritableReason).toMatch(/read-only/);
  });
});
