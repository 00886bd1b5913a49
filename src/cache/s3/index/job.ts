import { readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';

/** What a job builds, according to its CI. */
export interface CiJob {
  /** `pull-17`, `branch-main`, `tag-v1`; not yet encoded for a key. */
  scope: string;
  /** The branch into which a pull request, or a group of a merge queue, will be merged. */
  baseBranch: string | undefined;
  defaultBranch: string | undefined;
  /** Why the job may not write; undefined if it may. */
  unwritableReason: string | undefined;
}

/**
 * Events that anyone can trigger, but that run with the rights of a branch. GitHub's cache is read-only for them, too
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching).
 */
const UNTRUSTED_EVENTS: ReadonlySet<string> = new Set([
  'check_run',
  'check_suite',
  'deployment_status',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'issue_comment',
  'issues',
  'pull_request_target',
  'status',
  'watch',
  'workflow_run',
]);

/** A larger event file is not read. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024;

/** Returns the job according to the first CI that is detected; undefined outside a CI, or if the CI does not name it. */
export function detectCiJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  for (const read of [readGithubJob, readGitlabJob, readBuildkiteJob, readJenkinsJob]) {
    const job = read(environment);
    if (job !== undefined) return job;
  }
  return undefined;
}

/**
 * Returns whether any CI runs this process, even one that does not name the branch. Most set CI; Azure Pipelines sets
 * TF_BUILD, and Jenkins none of these.
 */
export function isRunningInCi(environment: NodeJS.ProcessEnv): boolean {
  const set = ['CI', 'TF_BUILD', 'CIRCLECI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILDKITE'].some(
    (name) => !['', '0', 'false'].includes(environment[name]?.trim().toLowerCase() ?? ''),
  );
  return set || isRunningInJenkins(environment);
}

/** JENKINS_URL is set only if an administrator configured it; the other variables are set for every build. */
function isRunningInJenkins(environment: NodeJS.ProcessEnv): boolean {
  return (
    Object.keys(environment).some((name) => name.startsWith('JENKINS_')) ||
    Boolean(environment['BUILD_TAG'] && environment['JOB_NAME'])
  );
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function readGithubJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  const ref = environment['GITHUB_REF'];
  if (!ref) return undefined;
  const pull = /^refs\/pull\/(\d+)\//.exec(ref)?.[1];
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  // A pull request's head without its ref: the job may build a stranger's changes with the rights of a branch.
  const isForeignHead = pull === undefined && Boolean(environment['GITHUB_HEAD_REF']);
  const isUntrustedEvent = pull === undefined && UNTRUSTED_EVENTS.has(event);
  const described = readEvent(environment['GITHUB_EVENT_PATH']);
  return {
    scope: formatScope(pull, branch, tag) ?? ref,
    // GITHUB_BASE_REF is set for pull requests only; the event merge_group names its base in the event file.
    baseBranch:
      environment['GITHUB_BASE_REF'] || described.mergeBase || parseMergeQueueBase(branch),
    defaultBranch: described.defaultBranch,
    unwritableReason:
      isForeignHead || isUntrustedEvent
        ? `a run for the event ${event || 'of a pull request'} may build untrusted changes with the rights of ${ref}`
        : undefined,
  };
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
function readGitlabJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  if (!environment['GITLAB_CI']) return undefined;
  const scope = formatScope(
    environment['CI_MERGE_REQUEST_IID'],
    environment['CI_COMMIT_BRANCH'],
    environment['CI_COMMIT_TAG'],
  );
  return createCiJob(
    scope,
    environment['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
    environment['CI_DEFAULT_BRANCH'],
  );
}

/** https://buildkite.com/docs/pipelines/configure/environment-variables */
function readBuildkiteJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  if (!environment['BUILDKITE']) return undefined;
  const pull = environment['BUILDKITE_PULL_REQUEST'];
  const scope = formatScope(
    pull === 'false' ? undefined : pull,
    environment['BUILDKITE_TAG'] ? undefined : environment['BUILDKITE_BRANCH'],
    environment['BUILDKITE_TAG'],
  );
  return createCiJob(
    scope,
    environment['BUILDKITE_PULL_REQUEST_BASE_BRANCH'] ||
      environment['BUILDKITE_MERGE_QUEUE_BASE_BRANCH'],
    environment['BUILDKITE_PIPELINE_DEFAULT_BRANCH'],
  );
}

/** Only multibranch pipelines name the branch: https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables */
function readJenkinsJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  if (!isRunningInJenkins(environment) || !environment['BRANCH_NAME']) return undefined;
  const branch = environment['BRANCH_NAME'];
  const scope = formatScope(
    environment['CHANGE_ID'],
    environment['TAG_NAME'] ? undefined : branch,
    environment['TAG_NAME'],
  );
  const isDefault = environment['BRANCH_IS_PRIMARY'] === 'true' && !environment['CHANGE_ID'];
  return createCiJob(scope, environment['CHANGE_TARGET'], isDefault ? branch : undefined);
}

function createCiJob(
  scope: string | undefined,
  base: string | undefined,
  defaultBranch: string | undefined,
): CiJob | undefined {
  if (scope === undefined) return undefined;
  return {
    scope,
    baseBranch: base || parseMergeQueueBase(scope.replace(/^branch-/, '')),
    defaultBranch: defaultBranch || undefined,
    unwritableReason: undefined,
  };
}

function formatScope(
  pull: string | undefined,
  branch: string | undefined,
  tag: string | undefined,
): string | undefined {
  if (pull) return `pull-${pull}`;
  if (branch) return `branch-${branch}`;
  return tag ? `tag-${tag}` : undefined;
}

/**
 * Returns the base branch of GitHub's merge queue from the name of a group's branch:
 * `gh-readonly-queue/BASE/pr-NUMBER-COMMIT`. Other CIs receive only that name.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/merging-a-pull-request-with-a-merge-queue
 */
function parseMergeQueueBase(branch: string | undefined): string | undefined {
  return /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]{7,64}$/.exec(branch ?? '')?.[1];
}

const repositoryEvent = v.object({ repository: v.object({ default_branch: v.string() }) });
const mergeGroupEvent = v.object({ merge_group: v.object({ base_ref: v.string() }) });

/** Reads the runner's file about the event that started the job. Only this file names the default branch. */
function readEvent(eventFile: string | undefined): {
  defaultBranch: string | undefined;
  /** Without `refs/heads/`. */
  mergeBase: string | undefined;
} {
  const unknown = { defaultBranch: undefined, mergeBase: undefined };
  if (!eventFile) return unknown;
  try {
    if (statSync(eventFile).size > MAX_EVENT_BYTES) return unknown;
    const event: unknown = JSON.parse(readFileSync(eventFile, 'utf8'));
    const repository = v.safeParse(repositoryEvent, event);
    const group = v.safeParse(mergeGroupEvent, event);
    return {
      defaultBranch: repository.success ? repository.output.repository.default_branch : undefined,
      mergeBase: group.success
        ? group.output.merge_group.base_ref.replace(/^refs\/heads\//, '') || undefined
        : undefined,
    };
  } catch {
    // The file is missing or not JSON: only the job's own and its base branch are read, which is safe.
    return unknown;
  }
}
