import * as v from 'valibot';
import { TfcacheError } from '../../../platform/error.ts';
import { runProgram } from '../../../platform/process/run.ts';
import { type Capabilities, CURRENT_CAPABILITIES, probeCapabilities } from './capabilities.ts';
import { findKnownVulnerabilities } from './known-vulnerabilities.ts';
import { isOlderVersion, parseVersionNumber } from './version-number.ts';

/** Below this a mirror can write files that were not asked for (CVE-2022-29154). */
const OLDEST = '3.2.5';
/** Below this something is known by which a mirror can harm who pulls from it, unless the distribution patched it. */
const SOUND = '3.5.0';

/** What was found out about an rsync program. */
export interface RsyncVersion {
  version: string;
  /** A sentence for the log when the version has known faults; undefined when it has none. */
  warning: string | undefined;
}

/** Before the program in the input `rsync-path`: take it although it is openrsync, or older than what can be used safely. */
const ALLOW_OLD = 'allow-old:';

/** The program that `rsync-path` names, and whether an old or other rsync was allowed by name. */
export function parseRsyncPath(rsyncPath: string): { program: string; allowOld: boolean } {
  return rsyncPath.startsWith(ALLOW_OLD)
    ? { program: rsyncPath.slice(ALLOW_OLD.length), allowOld: true }
    : { program: rsyncPath, allowOld: false };
}

const Probe = v.object({ program: v.literal('rsync'), version: v.string() });

/**
 * Asks rsync which version it is: `rsync -VV` prints JSON, older ones print text, openrsync knows `--version` alone.
 *
 * @throws TfcacheError `failed` for versions that cannot be used safely and were not allowed by name, and for those that lack
 * what is needed.
 */
export async function probeRsync(
  rsyncPath: string,
  environment: NodeJS.ProcessEnv,
  allowOld: 'allow-old' | 'refuse-old' = 'refuse-old',
): Promise<RsyncVersion & { capabilities: Capabilities }> {
  const ask = async (option: string) => {
    const { stdout, stderr } = await runProgram(rsyncPath, [option], {
      environment,
      timeLimitMs: 20_000,
    });
    return `${stdout}\n${stderr}`;
  };
  let printed = await ask('-VV');
  if (!isKnown(printed)) printed = await ask('--version');
  const found = checkVersion(rsyncPath, printed, allowOld);
  const capabilities = isCurrent(printed)
    ? CURRENT_CAPABILITIES
    : await probeCapabilities(rsyncPath, environment);
  return { ...found, capabilities };
}

/** The verdict on what `rsync -VV` printed. */
export function checkVersion(
  rsyncPath: string,
  printed: string,
  allowOld: 'allow-old' | 'refuse-old' = 'refuse-old',
): RsyncVersion {
  const allow = `, or take the risk by name: rsync-path: ${ALLOW_OLD}${rsyncPath}`;
  if (isOpenrsync(printed)) {
    if (allowOld === 'allow-old') {
      return {
        version: 'openrsync',
        warning: `${rsyncPath} is openrsync, taken because rsync-path says ${ALLOW_OLD} It tells nothing of single files, and little of why it failed.`,
      };
    }
    throw new TfcacheError(
      'program-unsupported',
      'This rsync is openrsync, which lacks options that are needed.',
      {
        where: rsyncPath,
        found: firstLine(printed),
        hint: `Install the original (macOS: \`brew install rsync\`) and name it by the input rsync-path, for example /opt/homebrew/bin/rsync${allow}.`,
      },
    );
  }
  const version = readVersion(printed);
  if (version === undefined) {
    throw new TfcacheError(
      'program-unsupported',
      'The program named by rsync-path does not seem to be rsync.',
      {
        where: rsyncPath,
        expected: 'a version, as rsync -VV prints it',
        found: firstLine(printed) || 'nothing',
        hint: 'Name the rsync program by the input rsync-path.',
      },
    );
  }
  if (isOlderVersion(version, OLDEST) && allowOld === 'refuse-old') {
    throw new TfcacheError(
      'program-unsupported',
      `rsync ${version} is too old to be used safely.`,
      {
        where: rsyncPath,
        expected: `${OLDEST} or later, best ${SOUND} or later`,
        found: version,
        hint: `Older ones let a mirror write files that were not asked for (CVE-2022-29154). Install a current rsync${allow}.`,
      },
    );
  }
  const holes = findKnownVulnerabilities(version).map(({ cve }) => cve);
  const warning =
    holes.length === 0
      ? undefined
      : `rsync ${version} at ${rsyncPath}: a hostile mirror can use ${holes.join(', ')} unless your distribution patched them. ` +
        `Distributions patch without changing the number; rsync ${SOUND} or later is sound.`;
  return { version, warning };
}

function isOpenrsync(printed: string): boolean {
  return /openrsync/.test(printed);
}

function isKnown(printed: string): boolean {
  return isOpenrsync(printed) || readVersion(printed) !== undefined;
}

/** True for versions whose options are known without asking. */
function isCurrent(printed: string): boolean {
  const version = isOpenrsync(printed) ? undefined : readVersion(printed);
  return version !== undefined && !isOlderVersion(version, OLDEST);
}

function readVersion(printed: string): string | undefined {
  const json = /\{[\s\S]*\}/.exec(printed)?.[0];
  if (json !== undefined) {
    try {
      return parseVersionNumber(v.parse(Probe, JSON.parse(json)).version);
    } catch {
      // No JSON after all: the text form is looked for below.
    }
  }
  return parseVersionNumber(/^rsync\s+version\s+v?(\S+)/m.exec(printed)?.[1] ?? '');
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
