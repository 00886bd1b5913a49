import { MAIN_BUCKET } from '../bucket/buckets.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { PLANNED_REQUEST_KINDS, REQUEST_KINDS } from './request.ts';

/** Says what is wrong with a request that is written as another tool takes it, and how to write it. */
export interface RequestCorrection {
  problem: string;
  /** One or several lines. */
  hint: string;
}

/** Longer texts are not examined: some of the patterns take quadratic time. */
const MAX_EXAMINED_LENGTH = 2000;

const KIND = [...REQUEST_KINDS, ...PLANNED_REQUEST_KINDS].join('|');
/** Separates a request from a second one on the same line. */
const NEXT_REQUEST = new RegExp(`[\\s,;]+(?=(?:${KIND})\\s*:)`);
const SCHEME = /^(gs|s3|https?|rsyncs?|ssh|file|ftp):\/+(.*)$/is;
const ONE_PER_LINE =
  'Write each request on a separate line (on the command line: as a separate argument)';

/** Returns the correction of a request in a form that other tools take; undefined if the form is not one of them. */
export function findRequestCorrection(text: string): RequestCorrection | undefined {
  if (text.length > MAX_EXAMINED_LENGTH) return undefined;
  return (
    correctList(text) ??
    correctSeveralRequests(text) ??
    correctAddress(text) ??
    correctAbsolutePath(text)
  );
}

/** Corrects YAML and JSON lists, and quotes that were meant for YAML or a shell. */
function correctList(text: string): RequestCorrection | undefined {
  const item = /^[-*+\u2022]\s+(.+)$/s.exec(text)?.[1];
  if (item !== undefined) {
    return {
      problem: 'it begins with a dash, like an item of a YAML list.',
      hint: `Set artifacts to a text with one request per line (artifacts: |), not to a list. Write ${escapeControlCharacters(item)}`,
    };
  }
  if (/^\[.*\]$/s.test(text)) {
    return {
      problem: 'it is a list in brackets.',
      hint: 'Set artifacts to a text with one request per line (artifacts: |), without brackets, quotes and commas.',
    };
  }
  const quoted = /^(["'`\u201c\u2018])(.*)["'`\u201d\u2019][,;]?$/s.exec(text)?.[2];
  if (quoted === undefined) return undefined;
  return {
    problem: 'it is in quotes, which are not part of a request.',
    hint: `Remove the quotes: ${escapeControlCharacters(quoted)}`,
  };
}

function correctSeveralRequests(text: string): RequestCorrection | undefined {
  // In a glob with braces, a comma separates alternatives.
  const examined = text.startsWith('path:') && text.includes('{') ? '' : text;
  const parts = examined.split(NEXT_REQUEST);
  if (parts.length > 1) {
    const lines = parts
      .slice(0, 10)
      .map((part) => `\n  ${escapeControlCharacters(part.replace(/[\s,;]+$/, ''))}`);
    return { problem: 'it contains several requests.', hint: `${ONE_PER_LINE}:${lines.join('')}` };
  }
  if (text.startsWith('path:')) return undefined;
  const trailing = /^(.*[^\s,;])\s*[,;]+$/s.exec(text)?.[1];
  if (trailing !== undefined && text.includes(':')) {
    return {
      problem: 'it ends in a comma or semicolon.',
      hint: `Remove it: ${escapeControlCharacters(trailing)}`,
    };
  }
  // A version may contain commas (>=2.14,<2.16), a name may not.
  if (!new RegExp(`^(?:${KIND})\\s*:[^=<>!~?[(;]*,`).test(text)) return undefined;
  return { problem: 'its name contains a comma.', hint: `${ONE_PER_LINE}, each with its kind.` };
}

/** Corrects addresses, with and without `path:` before them. */
function correctAddress(text: string): RequestCorrection | undefined {
  const written = text.replace(/^path:\s*/, '');
  const module = /^(?:[^\s@/]+@)?([\w.[\]-]+)::([^/]*)\/?(.*)$/s.exec(written);
  if (module !== null) return moveToMirrors(`rsync://${module[1]}/${module[2]}/`, module[3] ?? '');
  const [, writtenScheme = '', rest = ''] = SCHEME.exec(written) ?? [];
  const scheme = writtenScheme.toLowerCase();
  if (scheme === '') return undefined;
  if (scheme === 's3') {
    return {
      problem: 's3:// is the address of a cache, not of an artifact.',
      hint: 'Put s3://bucket/prefix into the input cache. Request a file by its path in the bucket: path:linux/cpu/*.whl',
    };
  }
  const correction = correctGoogleAddress(scheme, rest);
  if (correction !== undefined) return correction;
  const [, host = '', path = ''] = /^(?:.*@)?([^/]*)\/*(.*)$/s.exec(rest) ?? [];
  return scheme === 'file'
    ? moveToMirrors(`file:///${host}/`, path)
    : moveToMirrors(`${scheme}://${host}/`, path);
}

function moveToMirrors(mirror: string, path: string): RequestCorrection {
  return {
    problem: 'it is an address. A request names files, and mirrors says where to download them.',
    hint: `Add ${escapeControlCharacters(mirror)} to mirrors, and request the path below it: path:${escapeControlCharacters(path) || 'FILE'}`,
  };
}

/** Corrects addresses of Google Cloud Storage: `gs://BUCKET/PATH` and its web addresses. */
function correctGoogleAddress(scheme: string, rest: string): RequestCorrection | undefined {
  const inPath = /^storage\.(?:googleapis|cloud\.google)\.com\/+/i;
  const inHost = /^([^/]+)\.storage\.googleapis\.com(?=\/|$)/i;
  if (scheme !== 'gs' && !inPath.test(rest) && !inHost.test(rest)) return undefined;
  const name = rest.replace(inPath, '').replace(inHost, '$1');
  const [, bucket = '', path = ''] = /^([^/]*)\/*(.*)$/s.exec(name) ?? [];
  const problem = 'it is an address in Google Cloud Storage.';
  if (bucket === MAIN_BUCKET) {
    return {
      problem,
      hint: `Write the path in the bucket: path:${escapeControlCharacters(path) || '**'}`,
    };
  }
  return {
    problem,
    hint: `Request files of the bucket ${MAIN_BUCKET} only (this address is in ${escapeControlCharacters(bucket) || 'no bucket'}). For weights and data sets of Keras write keras-weights: or keras-dataset:`,
  };
}

function correctAbsolutePath(text: string): RequestCorrection | undefined {
  const path = /^(?:path:\s*)?(?:\.?\/)+(.*)$/s.exec(text)?.[1];
  if (path === undefined) return undefined;
  return {
    problem: 'its path begins with "/" or ".". Paths are relative to the root of the bucket.',
    hint: `Write path:${escapeControlCharacters(path) || '**'}`,
  };
}
