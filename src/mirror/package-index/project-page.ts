import * as v from 'valibot';
import { DIGEST_LENGTHS, type DigestAlgorithm } from '../../bucket/file.ts';
import { parseJsonPage } from '../https/listing/google-json.ts';
import { parseMarkup } from '../https/listing/markup.ts';
import { FormatMismatchError, parseSizeBytes, parseTimeSeconds } from '../https/listing/page.ts';

/** A wheel of a project as a package index names it; its name and address are not checked yet. */
export interface ProjectEntry {
  /** The last segment of the address, decoded, as pip takes it; never the text of a link. */
  name: string;
  /** Absolute, without fragment. */
  url: string;
  /** Bytes; undefined if the index does not give it (HTML, and JSON before version 1.1). */
  size: number | undefined;
  /** When it was uploaded, whole seconds since the epoch. */
  mtime: number | undefined;
  /** What its bytes must have; values are lower-case hexadecimal. */
  digests: readonly PageDigest[];
  /** PEP 440 specifiers: `>=3.9`. */
  requiresPython: string | undefined;
  /** Withdrawn by its project (PEP 592): only to be taken by a request for exactly this version. */
  yanked: boolean;
  /** Why, as its project wrote it; absent if it gave no reason. */
  yankedReason?: string;
}

export interface PageDigest {
  algorithm: DigestAlgorithm;
  value: string;
}

export interface ProjectPage {
  /** Each name once. */
  wheels: readonly ProjectEntry[];
  /** One line for each entry of a wheel that is skipped: its name and why. */
  skipped: readonly string[];
  /** One line for each wheel that is used although its entry does not have the form of PEP 691. */
  tolerated: readonly string[];
}

/** A wheel and what is wrong with its entry. */
interface Read {
  entry: ProjectEntry;
  problem: string | undefined;
}

const fileSchema = v.object({
  url: v.string(),
  hashes: v.record(v.string(), v.string()),
  'requires-python': v.nullish(v.string()),
  yanked: v.optional(v.union([v.boolean(), v.string()]), false),
  size: v.optional(v.number()),
});

/** What pip reads of an entry, in any type that pip takes. */
const lenientSchema = v.object({
  url: v.string(),
  hashes: v.nullish(v.record(v.string(), v.string())),
  digests: v.nullish(v.record(v.string(), v.string())),
  'requires-python': v.nullish(v.string()),
  yanked: v.optional(v.unknown()),
  size: v.optional(v.unknown()),
  'upload-time': v.optional(v.unknown()),
});

/** Most files of one project; the largest projects have some ten thousand. */
const MAX_FILES = 200_000;
const TOO_MANY_FILES = `a project of more than ${MAX_FILES} files`;

const pageSchema = v.object({
  meta: v.nullish(v.object({ 'api-version': v.nullish(v.string()) })),
  files: v.array(v.unknown()),
});

/**
 * Parses a project’s page in JSON: PEP 691, with the sizes and times of PEP 700.
 * https://packaging.python.org/en/latest/specifications/simple-repository-api/
 *
 * An entry that does not have the form of PEP 691 is skipped and reported. If no wheel of the page has that form, the entries are
 * read as pip reads them: such an index writes all of them alike.
 *
 * @param page the address of the page, which addresses in it are relative to.
 * @throws FormatMismatch
 */
export function parseProjectJson(body: string, page: URL): ProjectPage {
  const parsed = v.safeParse(pageSchema, parseJsonPage(body));
  if (!parsed.success) throw new FormatMismatchError(v.summarize(parsed.issues).slice(0, 300));
  refuseNewer(parsed.output.meta?.['api-version'] ?? '1.0');
  if (parsed.output.files.length > MAX_FILES) throw new FormatMismatchError(TOO_MANY_FILES);
  const reads: Read[] = [];
  const skipped: string[] = [];
  for (const file of parsed.output.files) {
    const read = readFile(file, page);
    if (typeof read === 'string') skipped.push(read);
    else if (read !== undefined) reads.push(read);
  }
  const sound = reads.filter(({ problem }) => problem === undefined);
  const odd = reads.flatMap(({ entry, problem }) =>
    problem === undefined ? [] : [`${quoted(entry.name)}: ${problem}`],
  );
  const wheels = eachOnce((sound.length > 0 ? sound : reads).map(({ entry }) => entry));
  return sound.length > 0
    ? { wheels, skipped: [...skipped, ...odd], tolerated: [] }
    : { wheels, skipped, tolerated: odd };
}

/** @returns a problem if the entry cannot be used at all; undefined for what is no wheel. */
function readFile(file: unknown, page: URL): Read | string | undefined {
  const lenient = v.safeParse(lenientSchema, file);
  if (!lenient.success) {
    const name = nameIn(file, page);
    if (name !== undefined && !isWheel(name)) return undefined;
    return `${name === undefined ? 'an entry' : quoted(name)}: ${firstIssue(lenient.issues)}`;
  }
  const { url: href, hashes, digests, yanked, size } = lenient.output;
  const url = absolute(href, page);
  if (url === undefined) return `${quoted(href)} is not an address`;
  const name = nameOf(url);
  if (!isWheel(name)) return undefined;
  const read = digestsOf([...digestsInAddress(url), ...Object.entries(hashes ?? digests ?? {})]);
  if (typeof read === 'string') return `${quoted(name)}: ${read}`;
  url.hash = '';
  const uploaded = lenient.output['upload-time'];
  const entry: ProjectEntry = {
    name,
    url: url.href,
    size: parseSizeBytes(size),
    mtime: typeof uploaded === 'string' ? parseTimeSeconds(uploaded) : undefined,
    digests: read,
    requiresPython: lenient.output['requires-python'] ?? undefined,
    // As pip has it: an empty reason means not yanked in JSON, and yanked in HTML.
    yanked: Boolean(yanked),
    ...reasonOf(yanked),
  };
  const strict = v.safeParse(fileSchema, file);
  return { entry, problem: strict.success ? undefined : firstIssue(strict.issues) };
}

/** The name of the file that an odd entry is about, if it has an address. */
function nameIn(file: unknown, page: URL): string | undefined {
  const parsed = v.safeParse(v.object({ url: v.string() }), file);
  const url = parsed.success ? absolute(parsed.output.url, page) : undefined;
  return url === undefined ? undefined : nameOf(url);
}

function firstIssue(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const path = (issue?.path?.map(({ key }) => String(key)).join('.') ?? '').slice(0, 100);
  const message = (issue?.message ?? 'invalid').slice(0, 200).replace(/\p{Cc}/gu, ' ');
  return path === '' ? message : `${path}: ${message}`;
}

/** Text of the index, so that it can be printed. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

/**
 * Parses a project’s page in HTML: PEP 503 with PEP 592 and PEP 629. The digest is in the fragment of each link.
 *
 * @param page the address of the page.
 * @throws FormatMismatch
 */
export async function parseProjectHtml(body: string, page: URL): Promise<ProjectPage> {
  const links: Record<string, string>[] = [];
  let base: string | undefined;
  await parseMarkup(body, 'html', {
    onopentag(name, attributes) {
      if (name === 'base') base ??= attributes['href'];
      if (name === 'meta' && attributes['name'] === 'pypi:repository-version') {
        refuseNewer(attributes['content'] ?? '');
      }
      if (name !== 'a') return;
      if (links.length >= MAX_FILES) throw new FormatMismatchError(TOO_MANY_FILES);
      links.push(attributes);
    },
  });
  const from = absolute(base ?? '', page) ?? page;
  const wheels: ProjectEntry[] = [];
  const skipped: string[] = [];
  for (const link of links) {
    const entry = readLink(link, from);
    if (typeof entry === 'string') skipped.push(entry);
    else if (entry !== undefined) wheels.push(entry);
  }
  return { wheels: eachOnce(wheels), skipped, tolerated: [] };
}

/** @returns a problem if the link to a wheel cannot be used; undefined for what is no link to a wheel. */
function readLink(
  attributes: Readonly<Record<string, string>>,
  base: URL,
): ProjectEntry | string | undefined {
  const { href } = attributes;
  const url = href === undefined ? undefined : absolute(href, base);
  if (url === undefined) return undefined;
  const name = nameOf(url);
  if (!isWheel(name)) return undefined;
  const digests = digestsOf(digestsInAddress(url));
  if (typeof digests === 'string') return `${quoted(name)}: ${digests}`;
  url.hash = '';
  return {
    name,
    url: url.href,
    size: undefined,
    mtime: undefined,
    digests,
    requiresPython: attributes['data-requires-python'],
    yanked: attributes['data-yanked'] !== undefined,
    ...reasonOf(attributes['data-yanked']),
  };
}

/** The last segment of the path. pip decodes the path, and then its last segment again. */
function nameOf(url: URL): string {
  const path = decodeLeniently(url.pathname);
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return decodeLeniently(path.slice(path.lastIndexOf('/', end - 1) + 1, end));
}

/** As Python’s `unquote`: what is not percent-encoded UTF-8 stays as it is. */
function decodeLeniently(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function isWheel(name: string): boolean {
  return name.endsWith('.whl');
}

/** `#sha256=…`, also behind and before other parts: `#egg=x&sha256=…&subdirectory=y`. As pip finds it, in the whole address. */
function digestsInAddress(url: URL): [string, string][] {
  const address = url.search + url.hash;
  return [...address.matchAll(/[#&]([a-z0-9]+)=([^&#]*)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
}

/**
 * The digests to verify: all of the strong ones that are given, else the best of the others. Names that are not digests are
 * skipped; of two digests of one name the first counts.
 *
 * @returns a problem if one of the known names has a value that is no such digest.
 */
function digestsOf(pairs: readonly (readonly [string, string])[]): PageDigest[] | string {
  const digests: PageDigest[] = [];
  for (const [name, written] of pairs) {
    if (!isAlgorithm(name) || digests.some(({ algorithm }) => algorithm === name)) continue;
    const value = written.toLowerCase();
    if (value.length !== DIGEST_LENGTHS[name] || !/^[0-9a-f]*$/.test(value)) {
      return `${quoted(written)} is not a ${name} digest`;
    }
    digests.push({ algorithm: name, value });
  }
  const strong = digests.filter(({ algorithm }) => STRONG.includes(algorithm));
  if (strong.length > 0) return strong;
  const order = Object.keys(DIGEST_LENGTHS);
  return digests
    .toSorted((one, other) => order.indexOf(one.algorithm) - order.indexOf(other.algorithm))
    .slice(0, 1);
}

const STRONG: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];

function isAlgorithm(name: string): name is DigestAlgorithm {
  return Object.hasOwn(DIGEST_LENGTHS, name);
}

/** The longest reason that is kept, in characters. */
const MAX_REASON_LENGTH = 200;

function reasonOf(yanked: unknown): Pick<ProjectEntry, 'yankedReason'> {
  if (typeof yanked !== 'string' || yanked.trim() === '') return {};
  return { yankedReason: yanked.trim().slice(0, MAX_REASON_LENGTH) };
}

/** A page may link to a wheel twice. One that is not yanked is preferred, then one with a digest, then the first. */
function eachOnce(entries: readonly ProjectEntry[]): ProjectEntry[] {
  const byName = new Map<string, ProjectEntry>();
  for (const entry of entries) {
    const known = byName.get(entry.name);
    if (known === undefined || worth(entry) > worth(known)) byName.set(entry.name, entry);
  }
  return [...byName.values()];
}

function worth({ yanked, digests }: ProjectEntry): number {
  return (yanked ? 0 : 2) + (digests.length > 0 ? 1 : 0);
}

function absolute(href: string, base: URL): URL | undefined {
  return URL.canParse(href, base.href) ? new URL(href, base) : undefined;
}

/** PEP 629: another major version may mean anything. */
function refuseNewer(version: string): void {
  if (!/^1(\.|$)/.test(version)) throw new FormatMismatchError(`version ${version} of the index`);
}
