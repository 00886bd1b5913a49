import { escapeControlCharacters } from '../platform/text/escape.ts';
import { suggestName } from '../platform/text/similar-names.ts';
import { findRequestCorrection } from './corrections.ts';
import { endsWithEscape } from './glob/glob.ts';
import type { RequestKindLookup } from './kinds.ts';
import {
  PLANNED_REQUEST_KINDS,
  REQUEST_KINDS,
  type Request,
  type RequestKind,
  type RequestKindName,
} from './request.ts';
import { createRequestUsageError, type RequestPosition } from './request-error.ts';

/**
 * Parses requests, one per line: `KIND:NAME[VERSION][?key=value&…]`. Drops a request that equals an earlier one.
 *
 * - `#` begins a comment at the start of a line or after a space; `\#` does not.
 * - A no-break space counts as a space, unless a backslash precedes it.
 * - All that follows `path:` is a glob, in which `?` is a glob character.
 *
 * @throws TfcacheError `request-invalid` for the first line that is not valid, with its number and text
 */
export function parseRequests(text: string, getKind: RequestKindLookup): Request[] {
  const requests = new Map<string, Request>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_LINE_LENGTH) throw createLineTooLongError(line, index + 1);
    const content = stripComment(line);
    if (content === '') continue;
    const request = parseRequest({ text: content, line: index + 1 }, getKind);
    const key = formatComparisonKey(request);
    if (!requests.has(key)) requests.set(key, request);
  }
  return [...requests.values()];
}

/** The longest glob, with room for a comment. */
const MAX_LINE_LENGTH = 65_536;

function createLineTooLongError(line: string, number: number): Error {
  const text = `${line.slice(0, 60)}…`;
  return createRequestUsageError({ text, line: number }, `it is ${line.length} characters long.`, {
    expected: `at most ${MAX_LINE_LENGTH}`,
    hint: 'Write one request per line, or a shorter glob.',
  });
}

/** Text that is copied from a web page may contain them, and they look like a space. */
const NO_BREAK_SPACE = /(?<!\\)[\u00a0\u2007\u202f]/g;

function stripComment(written: string): string {
  const line = written.replace(NO_BREAK_SPACE, ' ');
  // Before a request, no space of any kind is part of a name. After a path, it may be.
  const content = line.replace(/^[\s\u200b]+/, '').replace(/(?:^|[ \t])#.*$/s, '');
  let end = content.length;
  while (end > 0 && ' \t\r'.includes(content.charAt(end - 1))) end -= 1;
  // In `path:odd name\ ` the backslash makes the last space part of the path.
  return content.slice(0, endsWithEscape(content.slice(0, end)) ? end + 1 : end);
}

/** Returns a text that is equal for requests that mean the same. */
function formatComparisonKey(request: Request): string {
  const qualifiers = Object.entries(request.qualifiers).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    request.kind,
    request.name,
    request.version.replace(/\s+/g, ''),
    qualifiers,
  ]);
}

function parseRequest(position: RequestPosition, getKind: RequestKindLookup): Request {
  const { text } = position;
  if (text.includes('\0'))
    throw createRequestUsageError(
      position,
      'it contains a NUL character, which no name can contain.',
      {
        hint: 'Check how the line is generated. A glob such as * can stand for characters that cannot be written.',
      },
    );
  const correction = findRequestCorrection(text);
  if (correction !== undefined) {
    throw createRequestUsageError(position, correction.problem, { hint: correction.hint });
  }
  const colon = text.indexOf(':');
  const kind = parseKind(position, colon === -1 ? undefined : text.slice(0, colon).trimEnd());
  const rest = text.slice(colon + 1);
  const request =
    kind === 'path'
      ? createPathRequest(position, rest)
      : parseNamedRequest(position, getKind(kind), rest.trim());
  if (request.name === '') {
    throw createRequestUsageError(position, `nothing follows "${kind}:".`, {
      hint: EXAMPLES[kind],
    });
  }
  getKind(kind).check(request);
  return request;
}

const EXAMPLES: Readonly<Record<RequestKindName, string>> = {
  wheel: 'Write a project, for example wheel:tensorflow-cpu~=2.15.0',
  libtensorflow: 'Write cpu or gpu, for example libtensorflow:cpu==2.15.0',
  'keras-weights': 'Write a model, for example keras-weights:ResNet50?variant=notop',
  'keras-dataset': 'Write a data set, for example keras-dataset:mnist',
  path: 'Write a path or a glob, for example path:linux/cpu/*.whl',
};

function parseKind(position: RequestPosition, written: string | undefined): RequestKindName {
  if (written === undefined) {
    const kind = /[/*?[{]/.test(position.text) ? 'path' : 'wheel';
    throw createRequestUsageError(position, 'it has no kind.', {
      hint: `Write a kind and a colon before it, for example ${kind}:${escapeControlCharacters(position.text)}`,
      expected: `KIND:NAME, where KIND is ${REQUEST_KINDS.join(', ')}`,
    });
  }
  const known = REQUEST_KINDS.find((kind) => kind === written);
  if (known !== undefined) return known;
  if (PLANNED_REQUEST_KINDS.some((kind) => kind === written)) {
    throw createRequestUsageError(position, `the kind "${written}" is not supported yet.`, {
      expected: REQUEST_KINDS.join(', '),
      hint: 'If a mirror has the files, write path:FOLDER/**',
    });
  }
  const nearest = suggestName(written, REQUEST_KINDS);
  const rest = position.text.slice(position.text.indexOf(':'));
  throw createRequestUsageError(position, `there is no kind "${written}".`, {
    expected: REQUEST_KINDS.join(', '),
    hint:
      nearest === undefined
        ? 'Write one of these kinds before the colon.'
        : `Did you mean ${nearest}? Write ${nearest}${escapeControlCharacters(rest)}`,
  });
}

function createPathRequest(position: RequestPosition, glob: string): Request {
  return { ...position, kind: 'path', name: glob, version: '', qualifiers: {} };
}

function parseNamedRequest(position: RequestPosition, kind: RequestKind, rest: string): Request {
  const question = rest.indexOf('?');
  const subject = (question === -1 ? rest : rest.slice(0, question)).trim();
  const qualifiers =
    question === -1 ? {} : parseQualifiers(position, kind, rest.slice(question + 1));
  const start = subject.search(/[=<>!~^@\s([;]/);
  const name = start === -1 ? subject : subject.slice(0, start);
  const version = start === -1 ? '' : parseVersionPart(position, subject.slice(start).trim());
  return { ...position, kind: kind.name, name, version, qualifiers };
}

/** @throws TfcacheError for what pip accepts here and tfcache does not: extras, markers, addresses */
function parseVersionPart(position: RequestPosition, text: string): string {
  if (text.startsWith('[')) {
    throw createRequestUsageError(position, `extras ("${text}") are not supported.`, {
      hint: 'Remove the brackets. A request is for one wheel: request each wheel that the extra needs on a separate line.',
    });
  }
  if (text.includes(';')) {
    throw createRequestUsageError(position, 'environment markers (after ";") are not supported.', {
      hint: 'Remove the marker. To choose a Python or a platform, add ?python=3.11&platform=linux_x86_64',
    });
  }
  if (text.startsWith('@')) {
    throw createRequestUsageError(position, `"${text}" is not a version specifier.`, {
      hint: `Write ==${escapeControlCharacters(text.slice(1).trim()) || '2.15.0'} for exactly that version.`,
    });
  }
  const bracketed = /^\((.*)\)$/s.exec(text);
  return bracketed === null ? text : (bracketed[1] ?? '').trim();
}

function parseQualifiers(
  position: RequestPosition,
  kind: RequestKind,
  text: string,
): Record<string, string> {
  const qualifiers = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const key = (equals === -1 ? pair : pair.slice(0, equals)).trim();
    const value = equals === -1 ? '' : pair.slice(equals + 1).trim();
    if (!kind.qualifiers.includes(key)) throw createUnknownQualifierError(position, kind, key);
    if (value === '') {
      throw createRequestUsageError(position, `the qualifier "${key}" has no value.`, {
        hint: `Write ${key}=VALUE, or remove the qualifier.`,
      });
    }
    if (qualifiers.has(key)) {
      throw createRequestUsageError(position, `it has the qualifier "${key}" twice.`, {
        hint: 'Remove one of them.',
      });
    }
    qualifiers.set(key, value);
  }
  return Object.fromEntries(qualifiers);
}

function createUnknownQualifierError(
  position: RequestPosition,
  { name, qualifiers: known }: RequestKind,
  key: string,
): Error {
  if (known.length === 0) {
    return createRequestUsageError(
      position,
      `${name} takes no qualifiers, and "?${key}" was given.`,
      {
        hint: 'Remove the question mark and what follows it.',
      },
    );
  }
  const problem =
    key === '' ? 'it has a qualifier without a name.' : `${name} has no qualifier "${key}".`;
  const nearest = key === '' ? undefined : suggestName(key, known);
  return createRequestUsageError(position, problem, {
    expected: known.join(', '),
    hint:
      nearest === undefined
        ? 'Write ?key=value&key=value with these keys.'
        : `Did you mean ${nearest}? Write ${nearest}=VALUE`,
  });
}
