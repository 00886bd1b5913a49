import { readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';

/** Which line of development a job works for, as its CI tells. */
export interface CiJob {
  /** What it builds: `pull-17`, `branch-main`, `tag-v1`, not yet fit for a key. */
  scope: string;
  /** The branch that a pull request, or a group of them in a merge queue, is to be merged into. */
  baseBranch: string | undefined;
  defaultBranch: string | undefined;
  /** Why nothing may be written for it, undefined when it may. */
  unwritableReason: string | undefined;
}

/**
 * Events that anyone may cause, but that run with the rights of a branch. GitHub's own cache is read-only for them, too
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

/** Bytes of an event's description that are read. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024;

/** The job as the first CI tells it that knows of one; undefined outside of any, and in one that does not tell. */
export function detectCiJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  for (const read of [readGithubJob, readGitlabJob, readBuildkiteJob, readJenkinsJob]) {
    const job = read(environment);
    if (job !== undefined) return job;
  }
  return undefined;
}

/**
 * Whether some CI runs here, also one that does not tell what it builds: most set CI, Azure Pipelines only TF_BUILD, and
 * Jenkins none of these.
 */
export function isRunningInCi(environment: NodeJS.ProcessEnv): boolean {
  const set = ['CI', 'TF_BUILD', 'CIRCLECI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILDKITE'].some(
    (name) => !['', '0', 'false'].includes(environment[name]?.trim().toLowerCase() ?? ''),
  );
  return set || isRunningInJenkins(environment);
}

/** JENKINS_URL is set only where an administrator gave one; the others are set for every build. */
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
  // A head, but not the ref of a pull request: work of a stranger with the rights of a branch.
  const foreign = pull === undefined && Boolean(environment['GITHUB_HEAD_REF']);
  const anyones = pull === undefined && UNTRUSTED_EVENTS.has(event);
  const described = readEvent(environment['GITHUB_EVENT_PATH']);
  return {
    scope: formatScope(pull, branch, tag) ?? ref,
    // Set for the events of pull requests alone; the event merge_group describes its base.
    baseBranch:
      environment['GITHUB_BASE_REF'] || described.mergeBase || parseMergeQueueBase(branch),
    defaultBranch: described.defaultBranch,
    unwritableReason:
      foreign || anyones
        ? `a run for the event ${event || 'of a pull request'} may work for a stranger, with the rights of ${ref}`
        : undefined,
  };
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
function readGitlabJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  if (!environment['GITLAB_CI']) return undefined;
  const own = formatScope(
    environment['CI_MERGE_REQUEST_IID'],
    environment['CI_COMMIT_BRANCH'],
    environment['CI_COMMIT_TAG'],
  );
  return createCiJob(
    own,
    environment['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
    environment['CI_DEFAULT_BRANCH'],
  );
}

/** https://buildkite.com/docs/pipelines/configure/environment-variables */
function readBuildkiteJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  if (!environment['BUILDKITE']) return undefined;
  const pull = environment['BUILDKITE_PULL_REQUEST'];
  const own = formatScope(
    pull === 'false' ? undefined : pull,
    environment['BUILDKITE_TAG'] ? undefined : environment['BUILDKITE_BRANCH'],
    environment['BUILDKITE_TAG'],
  );
  return createCiJob(
    own,
    environment['BUILDKITE_PULL_REQUEST_BASE_BRANCH'] ||
      environment['BUILDKITE_MERGE_QUEUE_BASE_BRANCH'],
    environment['BUILDKITE_PIPELINE_DEFAULT_BRANCH'],
  );
}

/** Multibranch pipelines alone tell: https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables */
function readJenkinsJob(environment: NodeJS.ProcessEnv): CiJob | undefined {
  if (!isRunningInJenkins(environment) || !environment['BRANCH_NAME']) return undefined;
  const branch = environment['BRANCH_NAME'];
  const own = formatScope(
    environment['CHANGE_ID'],
    environment['TAG_NAME'] ? undefined : branch,
    environment['TAG_NAME'],
  );
  const isDefault = environment['BRANCH_IS_PRIMARY'] === 'true' && !environment['CHANGE_ID'];
  return createCiJob(own, environment['CHANGE_TARGET'], isDefault ? branch : undefined);
}

function createCiJob(
  own: string | undefined,
  base: string | undefined,
  defaultBranch: string | undefined,
): CiJob | undefined {
  if (own === undefined) return undefined;
  return {
    scope: own,
    baseBranch: base || parseMergeQueueBase(own.replace(/^branch-/, '')),
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
 * The base of GitHub's merge queue, from the name of the branch that it makes for a group:
 * `gh-readonly-queue/BASE/pr-NUMBER-COMMIT`. Other CIs see that branch only.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/merging-a-pull-request-with-a-merge-queue
 */
function parseMergeQueueBase(branch: string | undefined): string | undefined {
  return /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]{7,64}$/.exec(branch ?? '')?.[1];
}

const repositoryEvent = v.object({ repository: v.object({ default_branch: v.string() }) });
const mergeGroupEvent = v.object({ merge_group: v.object({ base_ref: v.string() }) });

/** The runner describes the event that started the job in a file; only there the default branch is named. */
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
    // No such file, or not JSON: then only the own and the base branch are looked at, which is safe.
    return unknown;
  }
}
