/** What rsync has no business with: it reads options from `RSYNC_…`, and the rest holds a build's secrets. */
const WITHHELD = /^(RSYNC_|INPUT_|TFCACHE_|ACTIONS_|AWS_|GITHUB_TOKEN$|POSIXLY_CORRECT$)/i;

/**
 * The environment rsync runs in: messages in English, times in UTC, no `RSYNC_…` variable of the caller (`RSYNC_RSH`,
 * `RSYNC_CONNECT_PROG`, `RSYNC_OLD_ARGS`, … change what is run and whom it talks to).
 *
 * @param proxy `host:port` of an HTTP proxy before daemons, already checked.
 */
export function buildRsyncEnvironment(
  environment: NodeJS.ProcessEnv,
  password: string | undefined,
  proxy?: string,
): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!WITHHELD.test(name)) kept[name] = value;
  }
  kept['LC_ALL'] = 'C';
  kept['TZ'] = 'UTC';
  // Set even when there is none: without it rsync asks on the terminal, or takes a line of our file list for an answer.
  kept['RSYNC_PASSWORD'] = password ?? '';
  if (proxy !== undefined) kept['RSYNC_PROXY'] = proxy;
  return kept;
}
