import * as v from 'valibot';
import { TfcacheError } from '../platform/error.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { findJsonPathLine, type JsonPath } from './json-line.ts';
import { describeJsonError } from './json-position.ts';
import type { LockedFile, Lockfile } from './lockfile.ts';
import {
  describeUnknownKey,
  type FileProblem,
  findFileProblem,
  shortenKey,
} from './validate-file.ts';

const LOCK = v.strictObject({
  version: v.literal(1),
  artifacts: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.nonEmpty()),
      request: v.string(),
      title: v.string(),
      version: v.optional(v.string()),
      files: v.array(v.unknown()),
    }),
  ),
});

const TOP_KEYS = ['version', 'artifacts'];
const ENTRY_KEYS = ['id', 'request', 'title', 'version', 'files'];

/**
 * Understands the text of a lock.
 *
 * @param where the file's name, for messages.
 * @throws TfcacheError `usage`: merge conflicts, bad JSON (with line and column), another version, fields that are missing,
 *   wrong or unknown, paths that lead outside, an artifact without files, an artifact or a file of one that stands in it twice.
 */
export function parseLockfile(content: string, where: string): Lockfile {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  refuseConflicts(text, where);
  const data = parseJson(text, where);
  refuseOtherFiles(data, where);
  refuseOtherVersion(data, where);
  const result = v.safeParse(LOCK, data);
  if (!result.success) throw describeIssues(result.issues, text, where);
  const artifacts = result.output.artifacts.map((artifact, index) => {
    const { id, version, files } = artifact;
    if (files.length === 0) throw withoutFiles(id, text, where);
    requireFiles(files, (file, problem) => {
      const { field } = problem;
      const entry = ['artifacts', index, 'files', file];
      const path = field === undefined ? entry : [...entry, field];
      return notAsItShouldBe(text, where, { ...problem, path });
    });
    if (!isSorted(files)) refuseTwice(files.map(nameOf), `in ${id}`, where);
    return { ...artifact, version, files };
  });
  const ids = artifacts.map(({ id }) => id);
  refuseTwice(ids, '', where);
  return { version: 1, artifacts };
}

/** Asserts rather than maps: what was read is what is used, not a copy of it. */
function requireFiles(
  files: readonly unknown[],
  errorOf: (file: number, problem: FileProblem) => TfcacheError,
): asserts files is readonly LockedFile[] {
  for (const [index, file] of files.entries()) {
    const problem = findFileProblem(file);
    if (problem !== undefined) throw errorOf(index, problem);
  }
}

type Issue = v.InferIssue<typeof LOCK>;

/** An unknown key comes first: a misspelt one is missing under its right name as well. */
function describeIssues(
  issues: readonly [Issue, ...Issue[]],
  text: string,
  where: string,
): TfcacheError {
  const unknown = issues.find((issue) => issue.type === 'strict_object' && isOfUnknownKey(issue));
  const issue = unknown ?? issues[0];
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const key = path.at(-1);
  const known = path.length > 2 ? ENTRY_KEYS : TOP_KEYS;
  return notAsItShouldBe(text, where, {
    message:
      unknown !== undefined
        ? describeUnknownKey(String(key), known)
        : `${String(key ?? 'its content')} is ${issue.input === undefined ? 'missing' : 'wrong'}`,
    value: issue.input,
    ...(unknown === undefined ? {} : { isUnknownKey: true }),
    expected: unknown === undefined ? (issue.expected ?? undefined) : known.join(', '),
    path,
  });
}

function isOfUnknownKey({ expected }: Issue): boolean {
  return expected === 'never';
}

/** A value is described and never quoted: a checkout may have made the lockfile a link to any file. */
function notAsItShouldBe(
  text: string,
  where: string,
  problem: Omit<FileProblem, 'field'> & { path: JsonPath },
): TfcacheError {
  const { message, path, value, expected, isUnknownKey = false } = problem;
  // A key that is missing has no line: that of its object is told.
  const line = findJsonPathLine(text, path) ?? findJsonPathLine(text, path.slice(0, -1));
  const at = path.map((part) => shortenKey(escapeControlCharacters(String(part)))).join('.');
  return new TfcacheError('usage', `The lock file is not as it should be: ${message}.`, {
    where: [where, at || 'at its top', ...(line === undefined ? [] : [`line ${line}`])].join(', '),
    ...(expected === undefined ? {} : { expected }),
    found: isUnknownKey ? 'another key' : describeValue(value),
    hint: ADVICE,
  });
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** As `formatLockfile` writes them: then none stands in it twice. */
function isSorted(files: readonly LockedFile[]): boolean {
  let [bucket, path] = ['', ''];
  for (const file of files) {
    if (file.bucket < bucket || (file.bucket === bucket && file.path <= path)) return false;
    ({ bucket, path } = file);
  }
  return true;
}

function nameOf({ bucket, path }: LockedFile): string {
  return `${path} (bucket ${bucket})`;
}

const ADVICE =
  'Restore the file from your version control, or remove it and run once without frozen to lock anew.';

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** To obey it would be to bring nothing, and to take that for success. */
function withoutFiles(id: string, text: string, where: string): TfcacheError {
  // Quotes inside of a JSON string are escaped, so this is found where it is meant only.
  const at = text.search(/"files"\s*:\s*\[\s*\]/);
  const line = at === -1 ? '' : `, line ${lineOf(text, at)}`;
  return new TfcacheError('usage', `The lock file names no files for ${id}.`, {
    where: `${where}${line}`,
    expected: 'at least one file',
    found: '"files": []',
    hint: 'Restore the file from your version control; or remove this whole entry and run once without frozen, so that the request is locked anew.',
  });
}

const CONFLICT_MARKS = ['<<<<<<<', '|||||||', '=======', '>>>>>>>'];

function refuseConflicts(text: string, where: string): void {
  // A large lock is searched for each mark much faster than for lines that begin with one.
  if (!CONFLICT_MARKS.some((mark) => text.includes(mark))) return;
  const mark = /^(?:<{7}|\|{7}|={7}|>{7})(?= |\s*$).*$/m.exec(text);
  if (mark === null) return;
  throw new TfcacheError(
    'usage',
    'The lock file holds the marks of a merge that was not finished.',
    {
      where: `${where}, line ${lineOf(text, mark.index)}`,
      found: mark[0].slice(0, 7),
      hint: 'Take either side (git checkout --ours or --theirs), run tfcache lock for what the other side added, and commit.',
    },
  );
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TfcacheError('usage', 'The lock file is not JSON.', {
      where: `${where}, ${describeJsonError(text)}`,
      expected: 'JSON, as tfcache writes it',
      found: text.trim() === '' ? 'an empty file' : 'text that is not JSON from there on',
      hint: ADVICE,
    });
  }
}

/** `, line N` of a value that the text holds exactly once, else empty. */
export function describeValueLine(text: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const written = JSON.stringify(value);
  const at = text.indexOf(written);
  if (at === -1 || text.includes(written, at + 1)) return '';
  return `, line ${lineOf(text, at)}`;
}

/** Keys are named only in what is meant to be a lockfile. */
function refuseOtherFiles(data: unknown, where: string): void {
  const shape = v.safeParse(v.looseObject({ version: v.optional(v.unknown()) }), data);
  const keys = shape.success ? Object.keys(shape.output) : [];
  if (TOP_KEYS.some((key) => keys.includes(key)) && !Array.isArray(data)) return;
  throw new TfcacheError('usage', 'This file is not a lockfile of tfcache.', {
    where,
    expected: 'a JSON object with "version" and "artifacts"',
    found: Array.isArray(data) ? 'an array' : describeValue(data),
    hint: `Check the input lock-file. ${ADVICE}`,
  });
}

function refuseOtherVersion(data: unknown, where: string): void {
  const version = v.safeParse(v.object({ version: v.number() }), data);
  if (!version.success || version.output.version === 1) return;
  throw new TfcacheError('usage', 'The lock file has a version that this tfcache does not know.', {
    where,
    expected: 'version 1',
    found: `version ${version.output.version}`,
    hint: 'Use the tfcache that wrote it, or remove the file and lock anew.',
  });
}

function refuseTwice(names: readonly string[], inside: string, where: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new TfcacheError('usage', `The lock file names something twice: ${name}`, {
        where: inside === '' ? where : `${where}, ${inside}`,
        hint: 'Two branches probably locked it and were merged: keep one of the two entries and commit.',
      });
    }
    seen.add(name);
  }
}
