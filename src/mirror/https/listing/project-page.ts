import { Parser } from 'htmlparser2';
import * as v from 'valibot';
import { parseJson } from './google-json.ts';
import { bytesOf, FormatMismatch, secondsOf } from './page.ts';

/** A file of a project as a package index names it; nothing in it is checked yet. */
export interface ProjectEntry {
  name: string;
  /** Absolute, without fragment. */
  url: string;
  /** Bytes; undefined with an index that does not tell (HTML, and JSON before version 1.1). */
  size: number | undefined;
  /** When it was uploaded, whole seconds since the epoch. */
  mtime: number | undefined;
  /** Lower-case hexadecimal. */
  sha256: string | undefined;
  /** PEP 440 specifiers: `>=3.9`. */
  requiresPython: string | undefined;
  /** Withdrawn by its project (PEP 592): only to be taken by a request for exactly this version. */
  yanked: boolean;
}

const SHA256 = /^[0-9a-f]{64}$/;

const schema = v.object({
  meta: v.object({ 'api-version': v.string() }),
  files: v.array(
    v.object({
      filename: v.string(),
      url: v.string(),
      hashes: v.record(v.string(), v.string()),
      'requires-python': v.nullish(v.string()),
      yanked: v.optional(v.union([v.boolean(), v.string()]), false),
      size: v.optional(v.number()),
      'upload-time': v.nullish(v.string()),
    }),
  ),
});

/**
 * A project’s page in JSON: PEP 691, with the sizes and times of PEP 700.
 * https://packaging.python.org/en/latest/specifications/simple-repository-api/
 *
 * @param page the address of the page, which addresses in it are relative to.
 * @throws FormatMismatch
 */
export function parseProjectJson(body: string, page: URL): ProjectEntry[] {
  const parsed = v.safeParse(schema, parseJson(body));
  if (!parsed.success) throw new FormatMismatch(v.summarize(parsed.issues).slice(0, 300));
  refuseNewer(parsed.output.meta['api-version']);
  return parsed.output.files.flatMap((file) => {
    const url = absolute(file.url, page);
    if (url === undefined) return [];
    return [
      {
        name: file.filename,
        url: url.href,
        size: bytesOf(file.size),
        mtime: secondsOf(file['upload-time'] ?? undefined),
        sha256: digestOf(file.hashes['sha256']),
        requiresPython: file['requires-python'] ?? undefined,
        yanked: file.yanked !== false,
      },
    ];
  });
}

/**
 * A project’s page in HTML: PEP 503 with PEP 592 and PEP 629. The digest stands in the fragment of each link.
 *
 * @param page the address of the page.
 * @throws FormatMismatch
 */
export function parseProjectHtml(body: string, page: URL): ProjectEntry[] {
  const entries: ProjectEntry[] = [];
  let base = page;
  let link: Record<string, string> | undefined;
  let text = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'base') base = absolute(attributes['href'] ?? '', page) ?? base;
        if (name === 'meta' && attributes['name'] === 'pypi:repository-version') {
          refuseNewer(attributes['content'] ?? '');
        }
        if (name !== 'a') return;
        link = attributes;
        text = '';
      },
      ontext(more) {
        text += more;
      },
      onclosetag(name) {
        if (name !== 'a' || link === undefined) return;
        const entry = entryOf(link, text.trim(), base);
        if (entry !== undefined) entries.push(entry);
        link = undefined;
      },
    },
    { decodeEntities: true },
  );
  parser.end(body);
  return entries;
}

function entryOf(
  attributes: Readonly<Record<string, string>>,
  name: string,
  base: URL,
): ProjectEntry | undefined {
  const url = absolute(attributes['href'] ?? '', base);
  if (url === undefined) return undefined;
  const sha256 = digestOf(/^#sha256=(.*)$/.exec(url.hash)?.[1]);
  url.hash = '';
  return {
    name,
    url: url.href,
    size: undefined,
    mtime: undefined,
    sha256,
    requiresPython: attributes['data-requires-python'],
    yanked: attributes['data-yanked'] !== undefined,
  };
}

function digestOf(value: string | undefined): string | undefined {
  const digest = value?.toLowerCase();
  return digest !== undefined && SHA256.test(digest) ? digest : undefined;
}

function absolute(href: string, base: URL): URL | undefined {
  return URL.canParse(href, base.href) ? new URL(href, base) : undefined;
}

/** PEP 629: another major version may mean anything. */
function refuseNewer(version: string): void {
  if (!/^1(\.|$)/.test(version)) throw new FormatMismatch(`version ${version} of the index`);
}
