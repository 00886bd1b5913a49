import { MAIN_BUCKET } from '../bucket/buckets.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { PLANNED_REQUEST_KINDS, REQUEST_KINDS } from './request.ts';

/** What is wrong with the form of a request that people write often, and how it is written. */
export interface RequestCorrection {
  problem: string;
  /** May have several lines. */
  hint: string;
}

/** People do not write longer ones by mistake, and some of the forms take quadratic time. */
const MAX_LENGTH = 2000;

const KIND = [...REQUEST_KINDS, ...PLANNED_REQUEST_KINDS].join('|');
/** A second request in the same line. */
const NEXT_REQUEST = new RegExp(`[\\s,;]+(?=(?:${KIND})\\s*:)`);
const SCHEME = /^(gs|s3|https?|rsyncs?|ssh|file|ftp):\/+(.*)$/is;
const ONE_A_LINE =
  'Write each request on a line of its own (on the command line: as an argument of its own)';

/** Returns the correction of a request in a form that other tools take; undefined if the form is not one of them. */
export function findRequestCorrection(text: string): RequestCorrection | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  return ofList(text) ?? ofSeveral(text) ?? ofAddress(text) ?? ofRootedPath(text);
}

/** YAML and JSON lists, and quotes that were meant for YAML or a shell. */
function ofList(text: string): RequestCorrection | undefined {
  const item = /^[-*+\u2022]\s+(.+)$/s.exec(text)?.[1];
  if (item !== undefined) {
    return {
      problem: 'it begins with a dash, as an item of a YAML list does.',
      hint: `artifacts is a text with one request a line (artifacts: |), not a list. Write ${escapeControlCharacters(item)}`,
    };
  }
  if (/^\[.*\]$/s.test(text)) {
    return {
      problem: 'it is a list in brackets.',
      hint: 'artifacts is a text with one request a line (artifacts: |), without brackets, quotes and commas.',
    };
  }
  const quoted = /^(["'`\u201c\u2018])(.*)["'`\u201d\u2019][,;]?$/s.exec(text)?.[2];
  if (quoted === undefined) return undefined;
  return {
    problem: 'it stands in quotes, which are not part of a request.',
    hint: `Leave the quotes out: ${escapeControlCharacters(quoted)}`,
  };
}

function ofSeveral(text: string): RequestCorrection | undefined {
  // In braces a comma separates alternatives of a glob.
  const outside = text.startsWith('path:') && text.includes('{') ? '' : text;
  const parts = outside.split(NEXT_REQUEST);
  if (parts.length > 1) {
    const lines = parts
      .slice(0, 10)
      .map((part) => `\n  ${escapeControlCharacters(part.replace(/[\s,;]+$/, ''))}`);
    return { problem: 'it holds several requests.', hint: `${ONE_A_LINE}:${lines.join('')}` };
  }
  if (text.startsWith('path:')) return undefined;
  const trailing = /^(.*[^\s,;])\s*[,;]+$/s.exec(text)?.[1];
  if (trailing !== undefined && text.includes(':')) {
    return {
      problem: 'it ends in a comma or semicolon.',
      hint: `Leave it out: ${escapeControlCharacters(trailing)}`,
    };
  }
  // Versions may hold commas (>=2.14,<2.16), names may not.
  if (!new RegExp(`^(?:${KIND})\\s*:[^=<>!~?[(;]*,`).test(text)) return undefined;
  return { problem: 'its name holds a comma.', hint: `${ONE_A_LINE}, each with its kind.` };
}

/** Addresses: with `path:` in front of them or without. */
function ofAddress(text: string): RequestCorrection | undefined {
  const written = text.replace(/^path:\s*/, '');
  const module = /^(?:[^\s@/]+@)?([\w.[\]-]+)::([^/]*)\/?(.*)$/s.exec(written);
  if (module !== null) return ofMirror(`rsync://${module[1]}/${module[2]}/`, module[3] ?? '');
  const [, writtenScheme = '', rest = ''] = SCHEME.exec(written) ?? [];
  const scheme = writtenScheme.toLowerCase();
  if (scheme === '') return undefined;
  if (scheme === 's3') {
    return {
      problem: 's3:// is the address of a cache, not of an artifact.',
      hint: 'Put s3://bucket/prefix into the input cache. Request a file by its path in the bucket: path:linux/cpu/*.whl',
    };
  }
  const google = googlePath(scheme, rest);
  if (google !== undefined) return google;
  const [, host = '', path = ''] = /^(?:.*@)?([^/]*)\/*(.*)$/s.exec(rest) ?? [];
  return scheme === 'file'
    ? ofMirror(`file:///${host}/`, path)
    : ofMirror(`${scheme}://${host}/`, path);
}

function ofMirror(mirror: string, path: string): RequestCorrection {
  return {
    problem: 'it is an address, and a request names what is wanted, not from where.',
    hint: `Name the folder in mirrors (${escapeControlCharacters(mirror)}), and here the path below it: path:${escapeControlCharacters(path) || 'FILE'}`,
  };
}

/** Files of Google Cloud Storage by `gs://BUCKET/PATH` or by one of its web addresses. */
function googlePath(scheme: string, rest: string): RequestCorrection | undefined {
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
    hint: `path: takes files of the bucket ${MAIN_BUCKET}, and this one is ${escapeControlCharacters(bucket) || 'none'}. Weights and data sets of Keras are requested by keras-weights: and keras-dataset:`,
  };
}

function ofRootedPath(text: string): RequestCorrection | undefined {
  const path = /^(?:path:\s*)?(?:\.?\/)+(.*)$/s.exec(text)?.[1];
  if (path === undefined) return undefined;
  return {
    problem: 'its path begins with "/" or ".", and paths are relative to the root of the bucket.',
    hint: `Write path:${escapeControlCharacters(path) || '**'}`,
  };
}
