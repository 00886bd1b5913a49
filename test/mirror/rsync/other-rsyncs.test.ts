import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  buildFetchArguments,
  buildListArguments,
} from '../../../src/mirror/rsync/process/arguments.ts';
import { parseCapabilities } from '../../../src/mirror/rsync/process/capabilities.ts';
import { checkVersion, parseRsyncPath } from '../../../src/mirror/rsync/process/version.ts';
import { parseRemote } from '../../../src/mirror/rsync/url/remote.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { fetchInto, useRsyncWorkbench } from '../../support/rsync-workbench.ts';
import { rejectionOf, thrownBy } from '../../support/thrown.ts';

/** The options that openrsync of macOS takes, as its usage line names them (apple-oss-distributions/rsync, rsync-182). */
const OPENRSYNC_HELP =
  'usage: openrsync [-46BCDFHIJKLOPRSTWVabcdefghiklmnopqrtuvxyz] [--address=sourceaddr] [--append] [--bwlimit=limit] ' +
  '[--contimeout=seconds] [--delay-updates] [--exclude] [--files-from=file] [--from0] [--ignore-existing] [--include] ' +
  '[--itemize-changes] [--list-only] [--max-delete=NUM] [--max-size=SIZE] [--no-motd] [--numeric-ids] ' +
  '[--out-format=FMT] [--partial] [--partial-dir=DIR] [--port=portnumber] [--timeout=seconds] source ... directory\n';
const RSYNC_313_HELP = `
 -i, --itemize-changes       output a change-summary for all updates
     --out-format=FORMAT     output updates using the specified FORMAT
     --files-from=FILE       read list of source-file names from FILE
 -0, --from0                 all *-from/filter files are delimited by 0s
 -s, --protect-args          no space-splitting; only wildcard special-chars
     --chmod=CHMOD           affect file and/or directory permissions
     --implied-dirs          send implied dirs
     --partial-dir=DIR       put a partially transferred file into DIR
     --timeout=SECONDS       set I/O timeout in seconds
     --contimeout=SECONDS    set daemon connection timeout in seconds
     --no-motd               suppress daemon-mode MOTD
 -8, --8-bit-output          leave high-bit chars unescaped in output
 -h, --human-readable        output numbers in a human-readable format
     --list-only             list the files instead of copying them
     --outbuf=N|L|B          set output buffering to None, Line, or Block
`;

describe('what an rsync can', () => {
  const daemon = parseRemote('rsync://m.example/tf/');
  const ssh = parseRemote('ssh://ci@m.example/tf/');
  const options = { timeout: 9, bandwidthLimit: undefined, remoteShell: 'ssh -T' };

  test('openrsync gets no option that it does not know', () => {
    const capabilities = parseCapabilities('/usr/bin/rsync', OPENRSYNC_HELP);
    for (const remote of [daemon, ssh]) {
      const args = [
        ...buildFetchArguments(remote, '/s', { ...options, capabilities }),
        ...buildListArguments(remote, 'one-level', { ...options, capabilities }),
      ];
      const known = new Set([...(OPENRSYNC_HELP.match(/--[a-z0-9-]+/g) ?? []), '--', '--dirs']);
      const long = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.replace(/=.*/, ''));
      expect(long.filter((arg) => !known.has(arg))).toEqual([]);
      expect(long).toContain('--partial-dir');
    }
  });

  test('one that cannot protect arguments gets no path that a shell would read', () => {
    const capabilities = parseCapabilities('/usr/bin/rsync', OPENRSYNC_HELP);
    const odd = parseRemote('ssh://ci@m.example/srv/$(id)/');
    expect(thrownBy(() => buildFetchArguments(odd, '/s', { ...options, capabilities })).code).toBe(
      'usage',
    );
  });

  test('3.1.3 protects arguments by the name of its time', () => {
    const capabilities = parseCapabilities('/usr/bin/rsync', RSYNC_313_HELP);
    const args = buildFetchArguments(ssh, '/s', { ...options, capabilities });
    expect(args).toContain('--protect-args');
    expect(args).not.toContain('--secluded-args');
    expect(args).toContain('--no-implied-dirs');
    expect(buildListArguments(daemon, 'tree', { ...options, capabilities })).toContain(
      '--no-human-readable',
    );
  });

  test('a current one gets all of them', () => {
    const args = buildFetchArguments(ssh, '/s', options);
    expect(args).toEqual(expect.arrayContaining(['--secluded-args', '-e', 'ssh -T', '--outbuf=L']));
    expect(args.join(' ')).not.toContain('--contimeout');
  });

  test('one that lacks what cannot be done without is refused with what it lacks', () => {
    const error = thrownBy(() => parseCapabilities('/x/rsync', 'usage: rsync [--timeout=N]'));
    expect(error).toMatchObject({ code: 'failed', where: '/x/rsync' });
    expect(error.expected).toContain('--files-from');
  });
});

describe('too old, or another', () => {
  test.each(['rsync  version 3.1.3  protocol version 31', 'openrsync: protocol version 29'])(
    '%s: refused, taken when allowed by name',
    (printed) => {
      const error = thrownBy(() => checkVersion('/usr/bin/rsync', printed));
      expect(error.hint).toContain('rsync-path: allow-old:/usr/bin/rsync');
      const { warning } = checkVersion('/usr/bin/rsync', printed, 'allow-old');
      expect(warning).toMatch(/CVE-2022-29154|openrsync/);
    },
  );

  test('the name is taken off the path', () => {
    expect(parseRsyncPath('allow-old:/usr/bin/rsync')).toEqual({
      program: '/usr/bin/rsync',
      allowOld: true,
    });
    expect(parseRsyncPath('rsync')).toEqual({ program: 'rsync', allowOld: false });
  });
});

describe('at work', () => {
  const bench = useRsyncWorkbench();
  let daemon: RsyncDaemon;
  beforeAll(async () => {
    bench.put('tree/linux/中 a.whl', 'wheel');
    bench.put('tree/linux/b', Buffer.alloc(200_000, 'b'));
    daemon = await startRsyncDaemon({ modules: { tf: join(bench.root, 'tree') } });
  });
  afterAll(() => daemon.stop());

  /** A program that says it is another rsync, refuses what that does not know, and leaves the work to the real one. */
  function disguised(version: string, help: string): string {
    const path = join(mkdtempSync(join(bench.root, 'bin-')), 'rsync');
    const known = [...(help.match(/--[a-z0-9][a-z0-9-]*/g) ?? []), '--dirs', '--protect-args'];
    writeFileSync(
      path,
      `#!/bin/sh
case "$1" in
  -VV) echo "rsync: unknown option -- VV" >&2; exit 1;;
  --version) echo "${version}"; exit 0;;
  --help) cat <<'END'
${help}
END
  exit 0;;
esac
for arg in "$@"; do
  case "$arg" in
    --) break;;
    --no-*|${known.map((option) => `${option}|${option}=*`).join('|')}) ;;
    --*) echo "rsync: unknown option $arg" >&2; exit 1;;
  esac
done
exec rsync "$@"
`,
      { mode: 0o755 },
    );
    return path;
  }

  test.each([
    ['rsync  version 3.1.3  protocol version 31', RSYNC_313_HELP],
    ['openrsync: protocol version 29', OPENRSYNC_HELP],
    [
      'openrsync: protocol version 29',
      OPENRSYNC_HELP.replace(/\[--(out-format|itemize)\S*\] /g, ''),
    ],
  ])('%s', async (version, help) => {
    const rsyncPath = disguised(version, help);
    const refused = await rejectionOf(
      bench.mirror(daemon.url('tf'), { rsyncPath }).listTree('tensorflow', ''),
    );
    expect(refused.message).toMatch(/too old|openrsync/);

    const mirror = bench.mirror(daemon.url('tf'), { rsyncPath: `allow-old:${rsyncPath}` });
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed.map(({ path }) => path).sort()).toEqual(['linux/b', 'linux/中 a.whl']);
    const staging = bench.staging();
    const fetched = await fetchInto(
      mirror,
      [...listed, { path: 'nope', size: 1, mtime: 1 }],
      staging,
    );
    // One that tells nothing of single files, and fails because of one, leaves the others for the next try.
    if (help.includes('--out-format')) {
      expect(fetched.told.sort()).toEqual(['linux/b', 'linux/中 a.whl']);
      expect(fetched.missing).toEqual(['nope']);
    }
    const rest = await fetchInto(mirror, listed, staging);
    expect(rest.told.sort()).toEqual(['linux/b', 'linux/中 a.whl']);
    expect(readFileSync(join(staging, 'linux/中 a.whl'), 'utf8')).toBe('wheel');
    expect(bench.log.lines.filter((line) => line.startsWith('warning'))).not.toEqual([]);
  });
});
