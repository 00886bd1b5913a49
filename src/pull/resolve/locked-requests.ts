import { findLockedArtifact, type LockedArtifact, type Lockfile } from '../../lockfile/lockfile.ts';
import { findEntriesOfOtherMachines } from '../../lockfile/other-machines.ts';
import { describeLockfileLine } from '../../lockfile/read-write.ts';
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
 * @throws TfcacheError `lockfile-invalid` if a request cannot be parsed, or if it does not match its id
 */
export async function parseLockedRequests(context: LockedRequestContext): Promise<LockedRequest[]> {
  return Promise.all(
    context.lock.artifacts.map(async (locked) => {
      const request = parseLockedRequest(locked, context);
      const expected = await identifyFor(request, createLockedMachine(locked.id), context);
      if (expected !== undefined && isIdOf(locked.id, expected, request))
        return { locked, request };
      throw createInconsistentError(locked, expected, context);
    }),
  );
}

/**
 * Selects the entries that a run without requests uses: those of this machine, and those that are the same on every machine.
 *
 * @throws TfcacheError `machine-not-locked` if a request is locked for other platforms or Python versions only
 */
export async function selectForThisMachine(
  entries: readonly LockedRequest[],
  context: LockedRequestContext,
): Promise<LockedRequest[]> {
  const selected = new Map<string, LockedRequest>();
  for (const entry of entries) {
    const { locked, request } = entry;
    const localId = await identifyLocally(entry, context);
    if (isIdOf(locked.id, localId, request)) selected.set(locked.id, entry);
    else if (findLockedArtifact(context.lock, localId) === undefined) {
      throw createOtherMachineError(entry, localId, context);
    }
  }
  return [...selected.values()];
}

/**
 * Returns the id of a request on this machine. A machine without Python can download wheels too: if one Python version is
 * locked for its platform, that version is used.
 *
 * @throws TfcacheError `python-missing` if the machine has no Python and several versions are locked; `machine-unsupported` if no
 *   files are known for the machine
 */
async function identifyLocally(
  { locked, request }: LockedRequest,
  context: LockedRequestContext,
): Promise<string> {
  const { lock, machine, getKind, log } = context;
  try {
    return await getKind(request.kind).identify(request, machine);
  } catch (error) {
    const identifyWithPythonOf = (id: string) =>
      identifyFor(
        request,
        { ...machine, getPythonVersion: createLockedMachine(id).getPythonVersion },
        context,
      );
    const ids = [locked, ...findEntriesOfOtherMachines(lock, locked.id)].map(({ id }) => id);
    const matching: string[] = [];
    for (const id of ids) if ((await identifyWithPythonOf(id)) === id) matching.push(id);
    const [only, ...more] =
      matching.length > 0 ? matching : [await identifyWithPythonOf(locked.id)];
    if (only === undefined || more.length > 0) throw error;
    log.debug(`No Python was found on this machine. Using ${only}.`);
    return only;
  }
}

function parseLockedRequest(locked: LockedArtifact, context: LockedRequestContext): Request {
  try {
    const [request, ...more] = parseRequests(locked.request, context.getKind);
    // The position in the lockfile is not a line of the input.
    if (request !== undefined && more.length === 0) return { ...request, line: 0 };
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    throw new TfcacheError('lockfile-invalid', 'A request in the lockfile is not valid.', {
      where: describeLocation(locked, context),
      found: error.message,
      hint: RESTORE_HINT,
      cause: error,
    });
  }
  throw createInconsistentError(locked, undefined, context);
}

/** Returns undefined if the machine lacks a value that the request needs. */
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

/** Returns the machine that an entry was locked for. */
function createLockedMachine(id: string): Machine {
  const { qualifiers } = parseIdentifier(id);
  const get = (name: string): string => {
    const value = qualifiers[name];
    if (value === undefined) throw new TfcacheError('lockfile-invalid', `The id has no ${name}.`);
    return value;
  };
  return {
    getPythonVersion: async () => get('python'),
    getPlatform: () => get('platform'),
    getOs: () => get('os'),
    getArch: () => get('arch'),
  };
}

/** The id of a `path:` entry contains the filters. */
function isIdOf(id: string, expected: string, request: Request): boolean {
  return id === expected || (request.kind === 'path' && id.startsWith(`${expected} filters=[`));
}

const RESTORE_HINT =
  'Run tfcache lock to resolve the requests again, or restore the file from your version control.';

function createInconsistentError(
  locked: LockedArtifact,
  expected: string | undefined,
  context: LockedRequestContext,
): TfcacheError {
  return new TfcacheError(
    'lockfile-invalid',
    'An entry of the lockfile is not consistent: its request does not match its id.',
    {
      where: describeLocation(locked, context),
      expected:
        expected === undefined
          ? `an id of the request ${escapeControlCharacters(locked.request)}`
          : `${escapeControlCharacters(expected)}, the id of the request ${escapeControlCharacters(locked.request)}`,
      found: escapeControlCharacters(locked.id),
      hint: RESTORE_HINT,
    },
  );
}

function describeLocation(locked: LockedArtifact, { file }: LockedRequestContext): string {
  return `${file}${describeLockfileLine(file, locked.id)}`;
}

function createOtherMachineError(
  { locked, request }: LockedRequest,
  localId: string,
  context: LockedRequestContext,
): TfcacheError {
  const text = escapeControlCharacters(request.text);
  return new TfcacheError(
    'machine-not-locked',
    `The lockfile has ${text} for other platforms or Python versions, not for this machine.`,
    {
      where: describeLocation(locked, context),
      expected: `${splitMachineQualifiers(localId).machine} (this machine)`,
      found:
        describeOtherMachines(context.lock, localId) ?? splitMachineQualifiers(locked.id).machine,
      hint: [
        `Run tfcache lock on this machine, or request ${text} once without frozen, and commit the lockfile. This adds an entry and keeps the others.`,
        'To use the files of another machine, add ?platform=…&python=… to the request (libtensorflow: ?os=…&arch=…).',
      ].join('\n'),
    },
  );
}

/** Returns the other platforms and Python versions that the request of an id is locked for; undefined if there are none. */
export function describeOtherMachines(lock: Lockfile, id: string): string | undefined {
  const others = findEntriesOfOtherMachines(lock, id).map(
    (other) => splitMachineQualifiers(other.id).machine,
  );
  return others.length === 0
    ? undefined
    : `locked for ${escapeControlCharacters(others.join('; '))}`;
}
