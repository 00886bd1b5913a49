import {
  describeLockfileLine,
  findLockedArtifact,
  type LockedArtifact,
  type Lockfile,
} from '../../lockfile/lockfile.ts';
import { findEntriesOfOtherMachines } from '../../lockfile/other-machines.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import { parseRequests } from '../../request/grammar.ts';
import { parseIdentifier, splitMachineQualifiers } from '../../request/identifier.ts';
import type { RequestKindLookup } from '../../request/kinds.ts';
import type { Machine, Request } from '../../request/request.ts';

/** An entry of the lockfile with its request parsed. */
export interface LockedRequest {
  locked: LockedArtifact;
  request: Request;
}

export interface LockedRequestContext {
  lock: Lockfile;
  /** Path of the lockfile, for messages. */
  file: string;
  machine: Machine;
  getKind: RequestKindLookup;
  log: Log;
}

/**
 * Parses the request of every entry and checks that the entry's id follows from it.
 *
 * @throws TfcacheError `usage` if a request cannot be parsed, or if it does not fit its id.
 */
export async function parseLockedRequests(context: LockedRequestContext): Promise<LockedRequest[]> {
  return Promise.all(
    context.lock.artifacts.map(async (locked) => {
      const request = parseLockedRequest(locked, context);
      const expected = await identifyFor(request, lockedMachine(locked.id), context);
      if (expected !== undefined && isIdOf(locked.id, expected, request))
        return { locked, request };
      throw createInconsistentError(locked, expected, context);
    }),
  );
}

/**
 * Selects the entries that a run without requests uses: those of this machine, and those that are the same on every machine.
 *
 * @throws TfcacheError `usage` if a request is locked for other platforms or Python versions only.
 */
export async function selectForThisMachine(
  entries: readonly LockedRequest[],
  context: LockedRequestContext,
): Promise<LockedRequest[]> {
  const selected = new Map<string, LockedRequest>();
  for (const entry of entries) {
    const { locked, request } = entry;
    const here = await identifyHere(entry, context);
    if (isIdOf(locked.id, here, request)) selected.set(locked.id, entry);
    else if (findLockedArtifact(context.lock, here) === undefined) {
      throw createOtherMachineError(entry, here, context);
    }
  }
  return [...selected.values()];
}

/**
 * Returns the id of a request on this machine. A machine without Python may still download wheels: it uses the Python version
 * that is locked for its platform, if that is one.
 *
 * @throws TfcacheError `usage` if the machine has no Python and several are locked, or if no files are known for the machine.
 */
async function identifyHere(
  { locked, request }: LockedRequest,
  context: LockedRequestContext,
): Promise<string> {
  const { lock, machine, getKind, log } = context;
  try {
    return await getKind(request.kind).identify(request, machine);
  } catch (error) {
    const withPythonOf = (id: string) =>
      identifyFor(
        request,
        { ...machine, getPythonVersion: lockedMachine(id).getPythonVersion },
        context,
      );
    const ids = [locked, ...findEntriesOfOtherMachines(lock, locked.id)].map(({ id }) => id);
    const fitting: string[] = [];
    for (const id of ids) if ((await withPythonOf(id)) === id) fitting.push(id);
    const [here, ...more] = fitting.length > 0 ? fitting : [await withPythonOf(locked.id)];
    if (here === undefined || more.length > 0) throw error;
    log.debug(`No Python was found on this machine: ${here} is used.`);
    return here;
  }
}

function parseLockedRequest(locked: LockedArtifact, context: LockedRequestContext): Request {
  try {
    const [request, ...more] = parseRequests(locked.request, context.getKind);
    // The position in the lockfile is not a line of the input.
    if (request !== undefined && more.length === 0) return { ...request, line: 0 };
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    throw new TfcacheError('usage', 'A request in the lockfile is not valid.', {
      where: describeLocation(locked, context),
      found: error.message,
      hint: RESTORE,
      cause: error,
    });
  }
  throw createInconsistentError(locked, undefined, context);
}

/** Undefined if the identifier lacks what the request leaves to the machine. */
async function identifyFor(
  request: Request,
  machine: Machine,
  { getKind }: LockedRequestContext,
): Promise<string | undefined> {
  try {
    return await getKind(request.kind).identify(request, machine);
  } catch (error) {
    if (error instanceof TfcacheError) return undefined;
    throw error;
  }
}

/** The machine that an entry was locked for. */
function lockedMachine(id: string): Machine {
  const { qualifiers } = parseIdentifier(id);
  const get = (name: string): string => {
    const value = qualifiers[name];
    if (value === undefined) throw new TfcacheError('usage', `The id has no ${name}.`);
    return value;
  };
  return {
    getPythonVersion: async () => get('python'),
    getPlatform: () => get('platform'),
    getOs: () => get('os'),
    getArch: () => get('arch'),
  };
}

/** `path:` entries are keyed by the filters too. */
function isIdOf(id: string, expected: string, request: Request): boolean {
  return id === expected || (request.kind === 'path' && id.startsWith(`${expected} filters=[`));
}

const RESTORE =
  'Run tfcache lock to lock the requests of the file anew, or restore the file from your version control.';

function createInconsistentError(
  locked: LockedArtifact,
  expected: string | undefined,
  context: LockedRequestContext,
): TfcacheError {
  return new TfcacheError(
    'usage',
    'An entry of the lockfile is inconsistent: its request does not fit its id.',
    {
      where: describeLocation(locked, context),
      expected:
        expected === undefined
          ? `an id of the request ${escapeControlCharacters(locked.request)}`
          : `${escapeControlCharacters(expected)}, as the request ${escapeControlCharacters(locked.request)} says`,
      found: escapeControlCharacters(locked.id),
      hint: RESTORE,
    },
  );
}

function describeLocation(locked: LockedArtifact, { file }: LockedRequestContext): string {
  return `${file}${describeLockfileLine(file, locked.id)}`;
}

function createOtherMachineError(
  { locked, request }: LockedRequest,
  here: string,
  context: LockedRequestContext,
): TfcacheError {
  const text = escapeControlCharacters(request.text);
  return new TfcacheError(
    'usage',
    `The lockfile has ${text} for other platforms or Python versions, not for this machine.`,
    {
      where: describeLocation(locked, context),
      expected: `${splitMachineQualifiers(here).machine} (this machine)`,
      found: describeOtherMachines(context.lock, here) ?? splitMachineQualifiers(locked.id).machine,
      hint: [
        `Run tfcache lock on this machine, or name ${text} in artifacts once without frozen: either adds an entry beside the others, which stay in the file. Commit it.`,
        'To use the files of another machine, name it in the request: ?platform=…&python=… (libtensorflow: ?os=…&arch=…).',
      ].join('\n'),
    },
  );
}

/** Names the platforms and Python versions that the request of `id` is locked for; undefined if there is none. */
export function describeOtherMachines(lock: Lockfile, id: string): string | undefined {
  const others = findEntriesOfOtherMachines(lock, id).map(
    (other) => splitMachineQualifiers(other.id).machine,
  );
  return others.length === 0
    ? undefined
    : `locked for ${escapeControlCharacters(others.join('; '))}`;
}
