import * as v from 'valibot';
import { TfcacheError } from '../error.ts';
import { findPathProblem, isBucketName } from '../safe-path.ts';
import { describeJsonError } from './json-position.ts';
import type { Lock } from './lock.ts';

const FILE = v.strictObject({
  path: v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const problem = findPathProblem(dataset.value);
      if (problem !== undefined) addIssue({ message: `the path cannot be used: ${problem}` });
    }),
  ),
  bucket: v.pipe(v.string(), v.check(isBucketName, 'this is not the name of a bucket')),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  mtime: v.optional(v.pipe(v.number(), v.safeInteger())),
  sha256: v.pipe(
    v.string(),
    v.regex(/^[0-9a-f]{64}$/, 'a sha256 has 64 lower-case hexadecimal digits'),
  ),
});

const LOCK = v.strictObject({
  version: v.literal(1),
  artifacts: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.nonEmpty()),
      request: v.string(),
      title: v.string(),
      version: v.optional(v.string()),
      files: v.array(FILE),
    }),
  ),
});

/**
 * Understands the text of a lock.
 *
 * @param where the file's name, for messages.
 * @throws TfcacheError `usage`: merge conflicts, bad JSON (with line and column), another version, fields that are missing,
 *   wrong or unknown, paths that lead outside, an artifact without files, an artifact or a file of one that stands in it twice.
 */
export function parseLock(content: string, where: string): Lock {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  refuseConflicts(text, where);
  const data = parseJson(text, where);
  refuseOtherVersion(data, where);
  const result = v.safeParse(LOCK, data);
  if (!result.success) {
    const [issue] = result.issues;
    throw new TfcacheError('usage', `The lock file is not as it should be: ${issue.message}.`, {
      where: `${where}, ${v.getDotPath(issue) ?? 'at its top'}${describeLine(text, issue.input)}`,
      ...(issue.expected === null ? {} : { expected: issue.expected }),
      found: issue.received,
      hint: ADVICE,
    });
  }
  const artifacts = result.output.artifacts.map((artifact) => ({
    ...artifact,
    version: artifact.version,
    files: artifact.files.map((file) => ({ ...file, mtime: file.mtime })),
  }));
  for (const { id, files } of artifacts) {
    if (files.length === 0) throw withoutFiles(id, text, where);
    refuseTwice(
      files.map(({ bucket, path }) => `${path} (bucket ${bucket})`),
      `in ${id}`,
      where,
    );
  }
  refuseTwice(
    artifacts.map(({ id }) => id),
    '',
    where,
  );
  return { version: 1, artifacts };
}

const ADVICE =
  'Restore the file from your version control, or remove it and run once without frozen to lock anew.';

/** To obey it would be to bring nothing, and to take that for success. */
function withoutFiles(id: string, text: string, where: string): TfcacheError {
  // Quotes inside of a JSON string are escaped, so this is found where it is meant only.
  const at = text.search(/"files"\s*:\s*\[\s*\]/);
  const line = at === -1 ? '' : `, line ${text.slice(0, at).split('\n').length}`;
  return new TfcacheError('usage', `The lock file names no files for ${id}.`, {
    where: `${where}${line}`,
    expected: 'at least one file',
    found: '"files": []',
    hint: 'Restore the file from your version control; or remove this whole entry and run once without frozen, so that the request is locked anew.',
  });
}

function refuseConflicts(text: string, where: string): void {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => /^(<{7}|\|{7}|={7}|>{7})( |$)/.test(line.trimEnd()));
  if (index === -1) return;
  throw new TfcacheError(
    'usage',
    'The lock file holds the marks of a merge that was not finished.',
    {
      where: `${where}, line ${index + 1}`,
      found: (lines[index] ?? '').trimEnd(),
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
      found: error.message,
      hint: ADVICE,
      cause: error,
    });
  }
}

/** Where a wrong value stands, when it stands there once only. */
function describeLine(text: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const written = JSON.stringify(value);
  const at = text.indexOf(written);
  if (at === -1 || text.includes(written, at + 1)) return '';
  return `, line ${text.slice(0, at).split('\n').length}`;
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
