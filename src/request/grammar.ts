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
 * Reads requests, one a line: `KIND:NAME[VERSION][?key=value&…]`.
 *
 * `#` begins a comment at the start of a line or after a space (`\#` does not, for a path that has one there). A request
 * that says the same as an earlier one is dropped. A no-break space counts as a space, unless a backslash is before it. `path:` takes all that follows as a glob; `?` is a glob character there.
 *
 * @throws TfcacheError `usage`, naming line and text, for the first line that is wrong
 */
export function parseRequests(text: string, getKind: RequestKindLookup): Request[] {
  const requests = new Map<string, Request>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_LINE_LENGTH) throw lineTooLong(line, index + 1);
    const content = withoutComment(line);
    if (content === '') continue;
    const request = parseRequest({ text: content, line: index + 1 }, getKind);
    const key = meaning(request);
    if (!requests.has(key)) requests.set(key, request);
  }
  return [...requests.values()];
}

/** Characters of a line: with a comment behind the longest glob. */
const MAX_LINE_LENGTH = 65_536;

function lineTooLong(line: string, number: number): Error {
  const text = `${line.slice(0, 60)}…`;
  return createRequestUsageError({ text, line: number }, `it is ${line.length} characters long.`, {
    expected: `at most ${MAX_LINE_LENGTH}`,
    hint: 'Write one request a line, or a shorter glob.',
  });
}

/** U+00A0, U+2007, U+202F: they come with text that is copied from a page, and look like a space. */
const NO_BREAK_SPACE = /(?<!\\)[\u00a0\u2007\u202f]/g;

function withoutComment(written: string): string {
  const line = written.replace(NO_BREAK_SPACE, ' ');
  // In front of a request no space of any kind is part of a name; behind a path it may be.
  const content = line.replace(/^[\s\u200b]+/, '').replace(/(?:^|[ \t])#.*$/s, '');
  let end = content.length;
  while (end > 0 && ' \t\r'.includes(content.charAt(end - 1))) end -= 1;
  // A backslash before the space that ends a path keeps the space: `path:odd name\ `.
  return content.slice(0, endsWithEscape(content.slice(0, end)) ? end + 1 : end);
}

function meaning(request: Request): string {
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
    throw createRequestUsageError(position, 'it holds a NUL character, which no name can.', {
      hint: 'Look at how the line is made; a glob such as * can stand for what cannot be written.',
    });
  const correction = findRequestCorrection(text);
  if (correction !== undefined) {
    throw createRequestUsageError(position, correction.problem, { hint: correction.hint });
  }
  const colon = text.indexOf(':');
  const kind = parseKind(position, colon === -1 ? undefined : text.slice(0, colon).trimEnd());
  const rest = text.slice(colon + 1);
  const request =
    kind === 'path'
      ? pathRequest(position, rest)
      : namedRequest(position, getKind(kind), rest.trim());
  if (request.name === '') {
    throw createRequestUsageError(position, `it names nothing after "${kind}:".`, {
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
    throw createRequestUsageError(position, 'it has no kind.', {
      hint: `Put a kind and a colon before it, for example wheel:${position.text} or path:${position.text}`,
      expected: `KIND:NAME, where KIND is ${REQUEST_KINDS.join(', ')}`,
    });
  }
  const known = REQUEST_KINDS.find((kind) => kind === written);
  if (known !== undefined) return known;
  const later = PLANNED_REQUEST_KINDS.find((kind) => kind === written);
  if (later !== undefined) {
    throw createRequestUsageError(position, `the kind "${later}" is not supported yet.`, {
      expected: REQUEST_KINDS.join(', '),
      hint: 'If the mirror holds the files, ask for them with path:FOLDER/**',
    });
  }
  const slip = suggestName(written, REQUEST_KINDS);
  throw createRequestUsageError(position, `there is no kind "${written}".`, {
    expected: REQUEST_KINDS.join(', '),
    hint: slip === undefined ? 'Write one of these before the colon.' : `Did you mean ${slip}: ?`,
  });
}

function pathRequest(position: RequestPosition, glob: string): Request {
  return { ...position, kind: 'path', name: glob, version: '', qualifiers: {} };
}

function namedRequest(position: RequestPosition, kind: RequestKind, rest: string): Request {
  const question = rest.indexOf('?');
  const subject = (question === -1 ? rest : rest.slice(0, question)).trim();
  const qualifiers =
    question === -1 ? {} : parseQualifiers(position, kind, rest.slice(question + 1));
  const start = subject.search(/[=<>!~^@\s([;]/);
  const name = start === -1 ? subject : subject.slice(0, start);
  const version = start === -1 ? '' : parseVersionPart(position, subject.slice(start).trim());
  return { ...position, kind: kind.name, name, version, qualifiers };
}

/** Refuses what pip would read here and we do not: extras, markers, addresses. */
function parseVersionPart(position: RequestPosition, text: string): string {
  if (text.startsWith('[')) {
    throw createRequestUsageError(position, `extras ("${text}") are not supported.`, {
      hint: 'A wheel is one file: leave the brackets out, and ask for each further wheel on a line of its own.',
    });
  }
  if (text.includes(';')) {
    throw createRequestUsageError(position, 'environment markers (after ";") are not supported.', {
      hint: 'Leave the marker out; say ?python=3.11&platform=linux_x86_64 where it matters.',
    });
  }
  if (text.startsWith('@')) {
    throw createRequestUsageError(position, `"${text}" is no version specifier.`, {
      hint: `Write ==${text.slice(1).trim() || '2.15.0'} for exactly that version.`,
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
  const known = kind.qualifiers;
  const qualifiers = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const key = (equals === -1 ? pair : pair.slice(0, equals)).trim();
    const value = equals === -1 ? '' : pair.slice(equals + 1).trim();
    if (!known.includes(key)) throw unknownQualifier(position, kind, key);
    if (value === '') {
      throw createRequestUsageError(position, `the qualifier "${key}" has no value.`, {
        hint: `Write ${key}=VALUE, or leave it out.`,
      });
    }
    if (qualifiers.has(key)) {
      throw createRequestUsageError(position, `the qualifier "${key}" is there twice.`, {
        hint: 'Keep one of them.',
      });
    }
    qualifiers.set(key, value);
  }
  return Object.fromEntries(qualifiers);
}

function unknownQualifier(
  position: RequestPosition,
  { name, qualifiers: known }: RequestKind,
  key: string,
): Error {
  if (known.length === 0) {
    return createRequestUsageError(
      position,
      `${name} takes no qualifiers, and "?${key}" was given.`,
      {
        hint: 'Leave out the question mark and what follows.',
      },
    );
  }
  const problem =
    key === '' ? 'there is a qualifier without a name.' : `${name} has no qualifier "${key}".`;
  const slip = suggestName(key, known);
  return createRequestUsageError(position, problem, {
    expected: known.join(', '),
    hint:
      key === '' || slip === undefined ? 'Write ?key=value&key=value.' : `Did you mean ${slip}= ?`,
  });
}
