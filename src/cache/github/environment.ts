/** What a worker process may see of the job's environment: what the toolkit, Node, tar and zstd need; no other secret. */
const ALLOWED_VARIABLES = [
  'ACTIONS_CACHE_MODE',
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_CACHE_URL',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_SERVER_URL',
  'RUNNER_TRACKING_ID',
  'SEGMENT_DOWNLOAD_TIMEOUT_MINS',
  'PATH',
  'HOME',
  'TMPDIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'COMSPEC',
  'PATHEXT',
  'PROGRAMFILES',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERPROFILE',
] as const;

/** Most artifacts are compressed already: the fastest level loses nothing on them. Read by the `zstd` program. */
const ZSTD_LEVEL = '1';

/**
 * glibc keeps the memory of buffers for the next ones instead of giving it back and faulting it in anew: a tenth of the
 * time in the kernel. https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
 */
const MALLOC_SETTINGS = {
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(16 * 1024 * 1024),
};

/** The environment of a worker process. Variables that steer tar, zstd or Node (`TAR_OPTIONS`, `NODE_OPTIONS`, …) stay behind. */
export function createWorkerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const known = new Set<string>(ALLOWED_VARIABLES);
  const passed = Object.entries(environment).filter(([name]) => known.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    ZSTD_CLEVEL: ZSTD_LEVEL,
    ...MALLOC_SETTINGS,
  };
}

/** Why the service cannot be read or written, undefined when it can. */
export interface GithubCacheAvailability {
  unreadableReason: string | undefined;
  unwritableReason: string | undefined;
}

/**
 * Whether GitHub's cache can be used, as `@actions/cache` decides it (its `isFeatureAvailable` and cache modes), but
 * without loading it: that alone costs more than a warm run. The worker asks the toolkit itself once more.
 */
export function checkGithubCacheAvailability(
  environment: NodeJS.ProcessEnv,
): GithubCacheAvailability {
  const missing = explainMissingVariable(environment);
  if (missing !== undefined) return { unreadableReason: missing, unwritableReason: missing };
  // https://github.blog/changelog: `cache-mode`; unknown modes permit everything, as in the toolkit.
  const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  const reason = `the job's cache-mode is ${mode}`;
  return {
    unreadableReason: mode === 'none' || mode === 'write-only' ? reason : undefined,
    unwritableReason: mode === 'none' || mode === 'read' ? reason : undefined,
  };
}

/** Returns whether the runner offers a cache service that this process can ask, whatever the job's cache mode permits. */
export function hasGithubCacheService(environment: NodeJS.ProcessEnv): boolean {
  return explainMissingVariable(environment) === undefined;
}

function explainMissingVariable(environment: NodeJS.ProcessEnv): string | undefined {
  const isVersion2 = !isEnterpriseServer(environment) && environment['ACTIONS_CACHE_SERVICE_V2'];
  const variable = isVersion2 ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL';
  if (!environment[variable]) {
    return `no GitHub cache service is offered to this process (${variable} is not set)`;
  }
  // `@actions/cache` speaks version 1 also without a token, and servers on a runner's own machine (act) accept that.
  if (isVersion2 && !environment['ACTIONS_RUNTIME_TOKEN']) {
    return 'the job has no token for the GitHub cache (ACTIONS_RUNTIME_TOKEN is not set)';
  }
  return undefined;
}

/** GitHub Enterprise Server, which knows version 1 of the service alone. */
function isEnterpriseServer(environment: NodeJS.ProcessEnv): boolean {
  const url = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const host = URL.canParse(url) ? new URL(url).hostname.toUpperCase() : 'GITHUB.COM';
  return host !== 'GITHUB.COM' && !host.endsWith('.GHE.COM') && !host.endsWith('.LOCALHOST');
}
