import * as v from 'valibot';
import { TfcacheError } from '../platform/error.ts';
import type { LockedFile, Lockfile } from './lockfile.ts';
import {
  createInvalidValueError,
  createNoFilesError,
  describeJsonError,
  describeValue,
  lineOf,
  RESTORE_HINT,
} from './parse-errors.ts';
import { describeUnknownKey, type FileProblem, findFileProblem } from './validate-file.ts';

const LOCKFILE = v.strictObject({
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
 * Parses the text of a lockfile.
 *
 * @param where the file's name, for messages.
 * @throws TfcacheError `lockfile-invalid` for merge conflicts, invalid JSON (with line and column), another version, fields that are
 *   missing, wrong or unknown, paths that lead outside, an artifact without files, and duplicate artifacts or files.
 */
export function parseLockfile(content: string, where: string): Lockfile {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  rejectMergeConflicts(text, where);
  const data = parseJson(text, where);
  rejectOtherFiles(data, where);
  rejectOtherVersions(data, where);
  const result = v.safeParse(LOCKFILE, data);
  if (!result.success) throw createIssueError(result.issues, text, where);
  const artifacts = result.output.artifacts.map((artifact, index) => {
    const { id, version, files } = artifact;
    if (files.length === 0) throw createNoFilesError(id, text, where);
    requireFiles(files, (file, problem) => {
      const { field } = problem;
      const entry = ['artifacts', index, 'files', file];
      const path = field === undefined ? entry : [...entry, field];
      return createInvalidValueError(text, where, { ...problem, path });
    });
    if (!isSorted(files)) rejectDuplicates(files.map(describeFile), `in ${id}`, where);
    return { ...artifact, version, files };
  });
  const ids = artifacts.map(({ id }) => id);
  rejectDuplicates(ids, '', where);
  return { version: 1, artifacts };
}

/** Asserts instead of mapping, so that the files are not copied. */
function requireFiles(
  files: readonly unknown[],
  createError: (file: number, problem: FileProblem) => TfcacheError,
): asserts files is readonly LockedFile[] {
  for (const [index, file] of files.entries()) {
    const problem = findFileProblem(file);
    if (problem !== undefined) throw createError(index, problem);
  }
}

type Issue = v.InferIssue<typeof LOCKFILE>;

/** Reports an unknown key first: a misspelt key is also missing under its right name. */
function createIssueError(
  issues: readonly [Issue, ...Issue[]],
  text: string,
  where: string,
): TfcacheError {
  const unknown = issues.find(
    (issue) => issue.type === 'strict_object' && isUnknownKeyIssue(issue),
  );
  const issue = unknown ?? issues[0];
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const key = path.at(-1);
  const known = path.length > 2 ? ENTRY_KEYS : TOP_KEYS;
  return createInvalidValueError(text, where, {
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

function isUnknownKeyIssue({ expected }: Issue): boolean {
  return expected === 'never';
}

/** Returns true if the files are as `formatLockfile` writes them: then there are no duplicates. */
function isSorted(files: readonly LockedFile[]): boolean {
  let [bucket, path] = ['', ''];
  for (const file of files) {
    if (file.bucket < bucket || (file.bucket === bucket && file.path <= path)) return false;
    ({ bucket, path } = file);
  }
  return true;
}

function describeFile({ bucket, path }: LockedFile): string {
  return `${path} (bucket ${bucket})`;
}

const CONFLICT_MARKS = ['<<<<<<<', '|||||||', '=======', '>>>>>>>'];

function rejectMergeConflicts(text: string, where: string): void {
  // In a large lockfile a search for each mark is much faster than for lines that begin with one.
  if (!CONFLICT_MARKS.some((mark) => text.includes(mark))) return;
  const mark = /^(?:<{7}|\|{7}|={7}|>{7})(?= |\s*$).*$/m.exec(text);
  if (mark === null) return;
  throw new TfcacheError('lockfile-invalid', 'The lockfile holds an unresolved merge conflict.', {
    where: `${where}, line ${lineOf(text, mark.index)}`,
    found: mark[0].slice(0, 7),
    hint: 'Take either side (git checkout --ours or --theirs), run tfcache lock for what the other side added, and commit.',
  });
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TfcacheError('lockfile-invalid', 'The lockfile is not JSON.', {
      where: `${where}, ${describeJsonError(text)}`,
      expected: 'JSON, as tfcache writes it',
      found: text.trim() === '' ? 'an empty file' : 'text that is not JSON from there on',
      hint: RESTORE_HINT,
    });
  }
}

/** Rejects files that are not meant to be a lockfile, without naming their keys. */
function rejectOtherFiles(data: unknown, where: string): void {
  const shape = v.safeParse(v.looseObject({ version: v.optional(v.unknown()) }), data);
  const keys = shape.success ? Object.keys(shape.output) : [];
  if (TOP_KEYS.some((key) => keys.includes(key)) && !Array.isArray(data)) return;
  throw new TfcacheError('lockfile-invalid', 'This file is not a lockfile of tfcache.', {
    where,
    expected: 'a JSON object with "version" and "artifacts"',
    found: describeValue(data),
    hint: `Check the input lock-file. ${RESTORE_HINT}`,
  });
}

function rejectOtherVersions(data: unknown, where: string): void {
  const version = v.safeParse(v.object({ version: v.number() }), data);
  if (!version.success || version.output.version === 1) return;
  throw new TfcacheError(
    'lockfile-invalid',
    'The lockfile has a version that this tfcache does not know.',
    {
      where,
      expected: 'version 1',
      found: `version ${version.output.version}`,
      hint: 'Use the tfcache that wrote it, or remove it and lock again.',
    },
  );
}

function rejectDuplicates(names: readonly string[], inside: string, where: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new TfcacheError('lockfile-invalid', `The lockfile names something twice: ${name}`, {
        where: inside === '' ? where : `${where}, ${inside}`,
        hint: 'Keep one of the two entries and commit. Usually two branches locked it and were merged.',
      });
    }
    seen.add(name);
  }
}
