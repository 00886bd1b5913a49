import { TfcacheError } from '../platform/error.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { type FileProblem, shortenKey } from './validate-file.ts';

export const RESTORE_HINT =
  'Restore the lockfile from your version control, or remove it and run once without frozen to create it again.';

/** Describes a value instead of quoting it: a checkout may have made the lockfile a link to any file. */
export function createInvalidValueError(
  text: string,
  where: string,
  problem: Omit<FileProblem, 'field'> & { path: JsonPath },
): TfcacheError {
  const { message, path, value, expected, isUnknownKey = false } = problem;
  // A missing key has no line; its object has one.
  const line = findJsonPathLine(text, path) ?? findJsonPathLine(text, path.slice(0, -1));
  const at = path.map((part) => shortenKey(escapeControlCharacters(String(part)))).join('.');
  return new TfcacheError('lockfile-invalid', `The lockfile is not valid: ${message}.`, {
    where: [where, at || 'at its top', ...(line === undefined ? [] : [`line ${line}`])].join(', '),
    ...(expected === undefined ? {} : { expected }),
    found: isUnknownKey ? 'another key' : describeValue(value),
    hint: RESTORE_HINT,
  });
}

export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** An artifact without files would be pulled successfully and bring nothing. */
export function createNoFilesError(id: string, text: string, where: string): TfcacheError {
  // Quotes inside a JSON string are escaped, so this matches no string.
  const at = text.search(/"files"\s*:\s*\[\s*\]/);
  const line = at === -1 ? '' : `, line ${lineOf(text, at)}`;
  return new TfcacheError('lockfile-invalid', `The lockfile names no files for ${id}.`, {
    where: `${where}${line}`,
    expected: 'at least one file',
    found: '"files": []',
    hint: 'Restore the lockfile from your version control. Or remove this entry and run once without frozen, so that the request is locked again.',
  });
}

/** Returns `, line N` for a value that the text holds exactly once, else an empty text. */
export function describeValueLine(text: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const written = JSON.stringify(value);
  const at = text.indexOf(written);
  if (at === -1 || text.includes(written, at + 1)) return '';
  return `, line ${lineOf(text, at)}`;
}

/** Returns the line of an offset, counted from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Keys of objects and indexes of arrays, outermost first. */
export type JsonPath = readonly (string | number)[];

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Returns the line, counted from 1, of an object's key or an array's element; undefined if the text has none.
 *
 * @param text valid JSON: `JSON.parse` has accepted it.
 */
function findJsonPathLine(text: string, path: JsonPath): number | undefined {
  const stack: { isArray: boolean; at: string | number }[] = [];
  let previous = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const top = stack.at(-1);
    const isStart = previous === '[' || previous === '{' || previous === ',';
    if (top !== undefined && isStart && token !== ']' && token !== '}') {
      if (top.isArray) top.at = previous === '[' ? 0 : Number(top.at) + 1;
      else top.at = String(JSON.parse(token));
      if (stack.length === path.length && stack.every(({ at }, depth) => at === path[depth])) {
        return lineOf(text, index);
      }
    }
    if (token === '{' || token === '[') stack.push({ isArray: token === '[', at: '' });
    else if (token === '}' || token === ']') stack.pop();
    previous = token;
  }
  return undefined;
}

/**
 * Returns where a text stops being JSON, as `line 3, column 17`, counted from 1. V8 gives the position of some errors only. But it
 * reports an unexpected end for every prefix of valid JSON, so a binary search finds the longest such prefix.
 */
export function describeJsonError(text: string): string {
  let valid = 0;
  let invalid = text.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isJsonPrefix(text.slice(0, middle))) valid = middle;
    else invalid = middle;
  }
  // If the text is too short, the error is after its last character that is not white space.
  const at = valid === text.length ? text.trimEnd().length : valid;
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function isJsonPrefix(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, position] = /at position (\d+)/.exec(error.message) ?? [];
    if (position !== undefined && Number(position) >= text.length) return true;
    return /^(Unexpected end|Unterminated string)/.test(error.message);
  }
}
