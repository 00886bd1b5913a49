/** The variables that a worker process receives: those that the toolkit, Node, tar and zstd need, and no other secret. */
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

/** The level for the `zstd` program. Most artifacts are compressed already, so the fastest level loses nothing. */
const ZSTD_LEVEL = '1';

/**
 * Makes glibc reuse the memory of freed buffers instead of returning it to the kernel, which takes a tenth of the time in
 * the kernel. https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
 */
const MALLOC_SETTINGS = {
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(16 * 1024 * 1024),
};

/** Returns a worker's environment, without variables that change tar, zstd or Node (`TAR_OPTIONS`, `NODE_OPTIONS`, …). */
export function createWorkerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const allowed = new Set<string>(ALLOWED_VARIABLES);
  const passed = Object.entries(environment).filter(([name]) => allowed.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    ZSTD_CLEVEL: ZSTD_LEVEL,
    ...MALLOC_SETTINGS,
  };
}

/** Why the service cannot be read or written; undefined if it can. */
export interface GithubCacheAvailability {
  unreadableReason: string | undefined;
  unwritableReason: string | undefined;
}

/**
 * Checks whether GitHub's cache can be used, by the rules of `@actions/cache` (`isFeatureAvailable` and cache modes).
 * Does not load that package, which would take longer than a warm run. The worker checks again with the package itself.
 */
export function checkGithubCacheAvailability(
  environment: NodeJS.ProcessEnv,
): GithubCacheAvailability {
  const missing = explainMissingVariable(environment);
  if (missing !== undefined) return { unreadableReason: missing, unwritableReason: missing };
  // As in the toolkit, an unknown mode permits everything. https://github.blog/changelog: `cache-mode`
  const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  const reason = `the job's cache-mode is ${mode}`;
  return {
    unreadableReason: mode === 'none' || mode === 'write-only' ? reason : undefined,
    unwritableReason: mode === 'none' || mode === 'read' ? reason : undefined,
  };
}

/** Returns whether the runner offers this process a cache service, whatever the job's cache mode permits. */
export function hasGithubCacheService(environment: NodeJS.ProcessEnv): boolean {
  return explainMissingVariable(environment) === undefined;
}

function explainMissingVariable(environment: NodeJS.ProcessEnv): string | undefined {
  const isVersion2 = !isEnterpriseServer(environment) && environment['ACTIONS_CACHE_SERVICE_V2'];
  const variable = isVersion2 ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL';
  if (!environment[variable]) {
    return `the runner offers no GitHub cache service to this process (${variable} is not set)`;
  }
  // Version 1 needs no token in `@actions/cache`, and servers on the runner's machine (act) accept requests without one.
  if (isVersion2 && !environment['ACTIONS_RUNTIME_TOKEN']) {
    return 'the job has no token for the GitHub cache (ACTIONS_RUNTIME_TOKEN is not set)';
  }
  return undefined;
}

/** Returns whether this is GitHub Enterprise Server, which has only version 1 of the service. */
function isEnterpriseServer(environment: NodeJS.ProcessEnv): boolean {
  const url = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const host = URL.canParse(url) ? new URL(url).hostname.toUpperCase() : 'GITHUB.COM';
  return host !== 'GITHUB.COM' && !host.endsWith('.GHE.COM') && !host.endsWith('.LOCALHOST');
}
