import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { FilterRule } from '../mirror/filter/rule.ts';
import { createInvalidProxyError, parseRsyncProxy } from '../mirror/rsync/url/proxy.ts';
import { TfcacheError } from '../platform/error.ts';
import { parseRequests } from '../request/grammar.ts';
import { loadRequestKinds } from '../request/kinds.ts';
import { REQUEST_KINDS, type Request } from '../request/request.ts';
import type { CacheChoice, Inputs } from './inputs.ts';
import { isInside, rejectLinkedPath } from './linked-path.ts';
import { parseMirrors } from './mirrors.ts';
import type { InputName, RawInputs } from './table.ts';
import {
  createInputError,
  getInputSpec,
  parseBoolean,
  parseChoice,
  parseInteger,
  parseSize,
} from './values.ts';

/** Where the program runs. All folders are absolute. */
export interface InputContext {
  /** The base of relative paths. */
  workspace: string;
  /** Holds the store of the job if the user sets none. */
  temporaryFolder: string;
  /** Replaces a leading `~/`; undefined if there is no home folder. */
  homeFolder: string | undefined;
}

/**
 * Checks every input and converts it to its type. An empty value means the default.
 *
 * @throws TfcacheError `usage` with the input, the value (unless it is a secret) and the allowed values.
 */
export async function parseInputs(raw: RawInputs, context: InputContext): Promise<Inputs> {
  const text = (name: InputName) => getTextInput(raw, name);
  const lines = (name: InputName) => (raw[name]?.trim() ? raw[name] : getInputSpec(name).default);
  const boolean = (name: InputName) => parseBoolean(name, text(name));
  const integer = (name: InputName) => parseInteger(name, text(name));

  const lockFile =
    text('lock-file') === '' ? undefined : resolveInputPath(text('lock-file'), context);
  if (lockFile !== undefined) rejectLinkedFolder(dirname(lockFile), context, 'lock-file');
  const frozen = boolean('frozen');
  if (frozen && lockFile === undefined) {
    throw createInputError(
      'frozen',
      'true',
      'false while lock-file is empty',
      'Set lock-file, for example to tfcache.lock.',
    );
  }
  const requests = await readRequests(lines('artifacts'));
  if (requests.length === 0 && lockFile === undefined) throw createNothingRequestedError();
  return {
    ...(await parsePathAndStore(raw, context)),
    requests,
    mirrors: parseMirrors(lines('mirrors')),
    filters: await readFilters(lines('filters')),
    lockFile,
    frozen,
    storeMaxSize:
      text('store-max-size') === ''
        ? undefined
        : parseSize('store-max-size', text('store-max-size')),
    link: parseChoice('link', text('link'), ['auto', 'reflink', 'hardlink', 'copy']),
    verify: parseChoice('verify', text('verify'), ['fast', 'full']),
    save: parseChoice('save', text('save'), ['always', 'on-success', 'never']),
    offline: boolean('offline'),
    lookupOnly: boolean('lookup-only'),
    failOnCacheMiss: boolean('fail-on-cache-miss'),
    rsyncPath: parseProgram(text('rsync-path')),
    connections: integer('connections'),
    timeout: integer('timeout'),
    retries: integer('retries'),
    bandwidthLimit: text('bandwidth-limit') === '' ? undefined : integer('bandwidth-limit'),
    proxy: parseProxy(text('proxy')),
    sshPrivateKey: text('ssh-private-key') || undefined,
    sshKnownHosts: text('ssh-known-hosts') || undefined,
    // An empty value differs from a missing one: the secret may not exist.
    rsyncPassword: raw['rsync-password'] === undefined ? undefined : text('rsync-password'),
    exportEnvironment: boolean('export-environment'),
    summary: boolean('summary'),
  };
}

/** Loads only the kinds whose names occur in the text. */
async function readRequests(text: string): Promise<Request[]> {
  const getKind = await loadRequestKinds(REQUEST_KINDS.filter((kind) => text.includes(kind)));
  return parseRequests(text, getKind);
}

async function readFilters(text: string): Promise<FilterRule[]> {
  if (text.trim() === '') return [];
  const { parseFilterRules } = await import('../mirror/filter/parse.ts');
  return parseFilterRules(text);
}

/** Parses the inputs that say where files are kept: those of the sub-action `save`. @throws TfcacheError `usage` */
export async function parsePathAndStore(
  raw: RawInputs,
  context: InputContext,
): Promise<Pick<Inputs, 'path' | 'cache' | 'cacheKeyPrefix' | 'store'>> {
  const text = (name: InputName) => getTextInput(raw, name);
  const path = resolveInputPath(text('path'), context);
  const store: Inputs['store'] =
    text('store') === ''
      ? { folder: join(context.temporaryFolder, 'tfcache', 'store'), lifetime: 'job' }
      : { folder: resolveInputPath(text('store'), context), lifetime: 'persistent' };
  rejectNestedFolders(path, store.folder);
  rejectLinkedPath(path, context.workspace);
  rejectLinkedFolder(store.folder, context, 'store');
  return {
    path,
    cache: await parseCache(text('cache')),
    cacheKeyPrefix: parseKeyPrefix(text('cache-key-prefix')),
    store,
  };
}

/** Does not check a workspace that is the home folder: it is no checkout, and people link its folders to larger disks. */
function rejectLinkedFolder(
  folder: string,
  { workspace, homeFolder }: InputContext,
  input: 'store' | 'lock-file',
): void {
  if (workspace !== homeFolder) rejectLinkedPath(folder, workspace, input);
}

/**
 * Rejects a destination inside the store and a store inside the destination: cleaning up one must not touch the other. A destination
 * next to the store's `v1` is allowed: if a store is a file system of its own, files can be linked only there.
 */
function rejectNestedFolders(path: string, store: string): void {
  const problem =
    path === store
      ? 'is the store as well'
      : isInside(path, join(store, 'v1')) || path === join(store, 'v1')
        ? 'is inside the store'
        : isInside(store, path)
          ? 'holds the store'
          : undefined;
  if (problem === undefined) return;
  throw new TfcacheError('input-invalid', `The destination ${problem}.`, {
    where: 'inputs path and store',
    expected: 'two folders: path does not hold the store, and is neither its folder v1 nor in it',
    found: `path ${path}, store ${store}`,
    hint: 'Set path or store to a separate folder, for example path: tensorflow-artifacts.',
  });
}

function getTextInput(raw: RawInputs, name: InputName): string {
  return raw[name]?.trim() || getInputSpec(name).default;
}

function parseProxy(value: string): string | undefined {
  if (value === '') return undefined;
  const proxy = parseRsyncProxy(value);
  if (proxy === undefined) throw createInvalidProxyError(value);
  return proxy;
}

async function parseCache(value: string): Promise<CacheChoice> {
  if (isS3Address(value)) {
    const { parseS3Location } = await import('../cache/s3/location/location.ts');
    // Only checked here; parsed again when the cache is opened.
    parseS3Location(value);
    return value;
  }
  if (value === 'github' || value === 'none') return value;
  throw createInputError(
    'cache',
    value,
    CACHES,
    CACHE_HINTS.find(([form]) => form.test(value))?.[1],
  );
}

const CACHES = 'github, none or s3://bucket/prefix?endpoint=https://host:port&region=name';

const CACHE_HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /^s3(?:$|:)/i,
    `Write the address in lower case with two slashes: ${CACHES.slice('github, none or '.length)}`,
  ],
  [/^(?:true|yes|on|gha|actions|git-?hub.*)$/i, 'Set cache to github.'],
  [/^(?:false|no|off|never|null)$/i, 'Set cache to none.'],
  [
    /^(?:https?:|minio|r2|gcs|gs:)/i,
    'Write an S3-compatible store as s3://bucket/prefix?endpoint=https://host:port&region=name',
  ],
  [
    /^(?:\.{0,2}\/|~)/,
    'Set store to this folder: a folder of this machine is a store, not a cache.',
  ],
];

function isS3Address(value: string): value is `s3://${string}` {
  return value.startsWith('s3://');
}

/** GitHub's cache accepts keys of at most 512 characters without commas; tfcache adds less than 312 to the prefix. */
export function parseKeyPrefix(value: string): string {
  if (!/^[^,\p{Cc}]{1,200}$/u.test(value)) {
    throw createInputError(
      'cache-key-prefix',
      value,
      '1 to 200 characters without commas and line breaks',
    );
  }
  return value;
}

function parseProgram(value: string): string {
  if (value.startsWith('-') || /\p{Cc}/u.test(value)) {
    throw createInputError(
      'rsync-path',
      value,
      "a program's name or path",
      'Set rsync-path to rsync or to the full path of the program.',
    );
  }
  return value;
}

/** Returns the absolute path of an input: `~/x` in the home folder, relative paths in the workspace. */
export function resolveInputPath(
  written: string,
  context: Omit<InputContext, 'temporaryFolder'>,
): string {
  if (context.homeFolder !== undefined && (written === '~' || /^~[/\\]/.test(written))) {
    return resolve(context.homeFolder, `.${written.slice(1)}`);
  }
  return isAbsolute(written) ? resolve(written) : resolve(context.workspace, written);
}

function createNothingRequestedError(): TfcacheError {
  return new TfcacheError('input-invalid', 'Nothing is requested.', {
    where: 'input artifacts',
    found: 'artifacts and lock-file are both empty',
    hint: 'Set artifacts to at least one request, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl. Or set lock-file to an existing lockfile.',
  });
}
