import { parseFilterRules } from '../../src/mirror/filter/parse.ts';
import { TfcacheError } from '../../src/platform/error.ts';
import { parseRequests } from '../../src/request/grammar.ts';
import { loadRequestKinds } from '../../src/request/kinds.ts';
import {
  type Artifact,
  type Machine,
  REQUEST_KINDS,
  type Request,
} from '../../src/request/request.ts';
import type { TreeLister } from './tree-lister.ts';

/** Returns the rules of a kind of request. */
export const getRequestKind = await loadRequestKinds(REQUEST_KINDS);

/** A machine that fails the test if it is examined: for requests that name everything. */
export const unexaminedMachine: Machine = {
  getPythonVersion: () => Promise.reject(new Error('the machine was examined for its Python')),
  getPlatform: () => {
    throw new Error('the machine was examined for its platform');
  },
  getOs: () => {
    throw new Error('the machine was examined for its system');
  },
  getArch: () => {
    throw new Error('the machine was examined for its processor');
  },
};

/** Returns a machine with Python 3.11 on Linux, x86-64, by default. */
export function createMachine(overrides: { python?: string; platform?: string } = {}): Machine {
  return {
    getPythonVersion: () => Promise.resolve(overrides.python ?? '3.11'),
    getPlatform: () => overrides.platform ?? 'linux_x86_64',
    getOs: () => 'linux',
    getArch: () => 'x86_64',
  };
}

export function oneRequest(text: string): Request {
  const [request, ...more] = parseRequests(text, getRequestKind);
  if (request === undefined || more.length > 0) throw new Error(`not one request: ${text}`);
  return request;
}

/** Parses a request and resolves it like the pipeline. */
export async function resolveOne(
  text: string,
  lister: TreeLister,
  options: { filters?: string; machine?: Machine } = {},
): Promise<Artifact> {
  const request = oneRequest(text);
  const kind = getRequestKind(request.kind);
  const machine = options.machine ?? createMachine();
  const id = await kind.identify(request, machine);
  const filters = parseFilterRules(options.filters ?? '');
  return kind.resolve(request, id, { lister, filters }, machine);
}

/** Returns the paths that a request resolves to. */
export async function pathsOf(...resolving: Parameters<typeof resolveOne>): Promise<string[]> {
  return (await resolveOne(...resolving)).files.map(({ path }) => path);
}

/** Returns the error of a request that must fail. */
export async function errorOf(work: () => unknown): Promise<TfcacheError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TfcacheError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
