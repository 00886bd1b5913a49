import { correctForm } from './corrections.ts';
import { endsInEscape } from './glob/glob.ts';
import type { KindOf } from './load-kinds.ts';
import { likelySlip } from './nearest.ts';
import { KINDS, type Kind, type KindName, LATER_KINDS, type Request } from './request.ts';
import { type RequestPlace, usageError } from './request-error.ts';

/**
 * Reads requests, one a line: `KIND:NAME[VERSION][?key=value&…]`.
 *
 * `#` begins a comment at the start of a line or after a space (`\#` does not, for a path that has one there). A request
 * that says the same as an earlier one is dropped. A no-break space counts as a space, unless a backslash is before it. `path:` takes all that follows as a glob; `?` is a glob character there.
 *
 * @throws TfcacheError `usage`, naming line and text, for the first line that is wrong
 */
export function parseRequests(text: string, kindOf: KindOf): Request[] {
  const requests = new Map<string, Request>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_LINE_LENGTH) throw lineTooLong(line, index + 1);
    const content = withoutComment(line);
    if (content === '') continue;
    const request = parseRequest({ text: content, line: index + 1 }, kindOf);
    const key = meaning(request);
    if (!requests.has(key)) requests.set(key, request);
  }
  return [...requests.values()];
}

/** Characters of a line: with a comment behind the longest glob. */
const MAX_LINE_LENGTH = 65_536;

function lineTooLong(line: string, number: number): Error {
  const text = `${line.slice(0, 60)}…`;
  return usageError({ text, line: number }, `it is ${line.length} characters long.`, {
    expected: `at most ${MAX_LINE_LENGTH}`,
    hint: 'Write one request a line, or a shorter glob.',
  });
}

/** U+00A0, U+2007, U+202F: they come with text that is copied from a page, and look like a space. */
const NO_BREAK_SPACE = /(?<!\\)[\u00a0\u2007\u202f]/g;

function withoutComment(written: string): string {
  const line = written.replace(NO_BREAK_SPACE, ' ');
  const content = line.replace(/(?:^|[ \t])#.*$/s, '').replace(/^[ \t\r]+/, '');
  let end = content.length;
  while (end > 0 && ' \t\r'.includes(content.charAt(end - 1))) end -= 1;
  // A backslash before the space that ends a path keeps the space: `path:odd name\ `.
  return content.slice(0, endsInEscape(content.slice(0, end)) ? end + 1 : end);
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

function parseRequest(place: RequestPlace, kindOf: KindOf): Request {
  const { text } = place;
  if (text.includes('\0'))
    throw usageError(place, 'it holds a NUL character, which no name can.', {
      hint: 'Look at how the line is made; a glob such as * can stand for what cannot be written.',
    });
  const correction = correctForm(text);
  if (correction !== undefined) {
    throw usageError(place, correction.problem, { hint: correction.hint });
  }
  const colon = text.indexOf(':');
  const kind = parseKind(place, colon === -1 ? undefined : text.slice(0, colon).trimEnd());
  const rest = text.slice(colon + 1);
  const request =
    kind === 'path' ? pathRequest(place, rest) : namedRequest(place, kindOf(kind), rest.trim());
  if (request.name === '') {
    throw usageError(place, `it names nothing after "${kind}:".`, { hint: EXAMPLES[kind] });
  }
  kindOf(kind).check(request);
  return request;
}

const EXAMPLES: Readonly<Record<KindName, string>> = {
  wheel: 'Write a project, for example wheel:tensorflow-cpu~=2.15.0',
  libtensorflow: 'Write cpu or gpu, for example libtensorflow:cpu==2.15.0',
  'keras-weights': 'Write a model, for example keras-weights:ResNet50?variant=notop',
  'keras-dataset': 'Write a data set, for example keras-dataset:mnist',
  path: 'Write a path or a glob, for example path:linux/cpu/*.whl',
};

function parseKind(place: RequestPlace, written: string | undefined): KindName {
  if (written === undefined) {
    throw usageError(place, 'it has no kind.', {
      hint: `Put a kind and a colon before it, for example wheel:${place.text} or path:${place.text}`,
      expected: `KIND:NAME, where KIND is ${KINDS.join(', ')}`,
    });
  }
  const known = KINDS.find((kind) => kind === written);
  if (known !== undefined) return known;
  const later = LATER_KINDS.find((kind) => kind === written);
  if (later !== undefined) {
    throw usageError(place, `the kind "${later}" is not supported yet.`, {
      expected: KINDS.join(', '),
      hint: 'If the mirror holds the files, ask for them with path:FOLDER/**',
    });
  }
  const slip = likelySlip(written, KINDS);
  throw usageError(place, `there is no kind "${written}".`, {
    expected: KINDS.join(', '),
    hint: slip === undefined ? 'Write one of these before the colon.' : `Did you mean ${slip}: ?`,
  });
}

function pathRequest(place: RequestPlace, glob: string): Request {
  return { ...place, kind: 'path', name: glob, version: '', qualifiers: {} };
}

function namedRequest(place: RequestPlace, kind: Kind, rest: string): Request {
  const question = rest.indexOf('?');
  const subject = (question === -1 ? rest : rest.slice(0, question)).trim();
  const qualifiers = question === -1 ? {} : parseQualifiers(place, kind, rest.slice(question + 1));
  const start = subject.search(/[=<>!~^@\s([;]/);
  const name = start === -1 ? subject : subject.slice(0, start);
  const version = start === -1 ? '' : parseVersionPart(place, subject.slice(start).trim());
  return { ...place, kind: kind.name, name, version, qualifiers };
}

/** Refuses what pip would read here and we do not: extras, markers, addresses. */
function parseVersionPart(place: RequestPlace, text: string): string {
  if (text.startsWith('[')) {
    throw usageError(place, `extras ("${text}") are not supported.`, {
      hint: 'A wheel is one file: leave the brackets out, and ask for each further wheel on a line of its own.',
    });
  }
  if (text.includes(';')) {
    throw usageError(place, 'environment markers (after ";") are not supported.', {
      hint: 'Leave the marker out; say ?python=3.11&platform=linux_x86_64 where it matters.',
    });
  }
  if (text.startsWith('@')) {
    throw usageError(place, `"${text}" is no version specifier.`, {
      hint: `Write ==${text.slice(1).trim() || '2.15.0'} for exactly that version.`,
    });
  }
  const bracketed = /^\((.*)\)$/s.exec(text);
  return bracketed === null ? text : (bracketed[1] ?? '').trim();
}

function parseQualifiers(place: RequestPlace, kind: Kind, text: string): Record<string, string> {
  const known = kind.qualifiers;
  const qualifiers = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const key = (equals === -1 ? pair : pair.slice(0, equals)).trim();
    const value = equals === -1 ? '' : pair.slice(equals + 1).trim();
    if (!known.includes(key)) throw unknownQualifier(place, kind, key);
    if (value === '') {
      throw usageError(place, `the qualifier "${key}" has no value.`, {
        hint: `Write ${key}=VALUE, or leave it out.`,
      });
    }
    if (qualifiers.has(key)) {
      throw usageError(place, `the qualifier "${key}" is there twice.`, {
        hint: 'Keep one of them.',
      });
    }
    qualifiers.set(key, value);
  }
  return Object.fromEntries(qualifiers);
}

function unknownQualifier(
  place: RequestPlace,
  { name, qualifiers: known }: Kind,
  key: string,
): Error {
  if (known.length === 0) {
    return usageError(place, `${name} takes no qualifiers, and "?${key}" was given.`, {
      hint: 'Leave out the question mark and what follows.',
    });
  }
  const problem =
    key === '' ? 'there is a qualifier without a name.' : `${name} has no qualifier "${key}".`;
  const slip = likelySlip(key, known);
  return usageError(place, problem, {
    expected: known.join(', '),
    hint:
      key === '' || slip === undefined ? 'Write ?key=value&key=value.' : `Did you mean ${slip}= ?`,
  });
}
