/**
 * Names come from mirrors and users, so they may hold anything. Here they are made safe for the two places where they
 * are shown: a line of a workflow's log, and Markdown as GitHub renders it.
 */

/** Control characters, line separators, and the marks that reorder text on a screen. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Returns text as one line in which a terminal shows every character: control characters and other invisible ones are written
 * as escapes, so that a name cannot forge a line or reorder it.
 */
export function escapeControlCharacters(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/**
 * Text as part of a log line. A runner takes `::name::` at a line's start and `##[name]` anywhere in a line as a command
 * to itself (actions/runner, ActionCommand), so neither is left as it is.
 */
export function escapeForLog(text: string): string {
  return escapeControlCharacters(text)
    .replaceAll('##[', '#\\#[')
    .replace(/^(\s*):(?=:)/, '$1\\:');
}

/** At most `limit` characters; what is cut from the middle is marked, since both ends of a path tell something. */
export function shortenMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  const tail = limit - 1 - head;
  // A character takes at most two code units, so only both ends need to be looked at.
  const start = Array.from(text.slice(0, 2 * limit));
  const end = Array.from(text.slice(-2 * limit));
  if (text.length <= 2 * limit && start.length <= limit) return text;
  return `${start.slice(0, head).join('')}…${end.slice(end.length - tail).join('')}`;
}

/** At most `limit` characters of a sentence: the end is cut off, and marked. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text.slice(0, 2 * limit));
  return characters.length <= limit && text.length <= 2 * limit
    ? text
    : `${characters.slice(0, limit - 1).join('')}…`;
}

/**
 * Prose inside Markdown, also inside a table's cell. Every character that could begin Markdown, HTML, a mention, an
 * emoji, a formula or a link becomes a character reference, which CommonMark takes as plain text
 * (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references).
 */
export function escapeMarkdown(text: string): string {
  return (
    escapeControlCharacters(text)
      .replace(/[&<>|`*[\]~#\\!$^"{}]/g, reference)
      // Between letters or digits an underscore is never emphasis, and names are easier to find with it.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, reference)
      // What GitHub makes links and emoji of: `https://…`, `mailto:…`, `www.…`, `:name:`.
      .replace(/(?<=http|https|ftp|mailto|xmpp):|:(?=[\w+-]+:)/gi, reference)
      .replace(/(?<=\bwww)\./gi, reference)
      // A zero-width space keeps a mention from being one, as in the texts of dependency bots.
      .replace(/@/g, '@&#8203;')
      // At the start: an item of a list, or a line that makes a heading of the one before.
      .replace(/^\s*(?:[-+=]|\d+(?=[.)](?:\s|$)))/, (start) => start.replace(/\S/g, reference))
  );
}

/**
 * A name as code inside Markdown, also inside a table's cell. A code span where that is safe, so that the text can be
 * found as it is; else HTML with character references, since backticks, pipes and backslashes change what a span and a
 * cell mean. Mentions and links are not made inside code.
 */
export function formatMarkdownCode(text: string): string {
  const line = escapeControlCharacters(text);
  if (line === '') return '';
  // A `$` beside a backtick begins a formula on GitHub.
  if (!/[`|\\$]/.test(line) && line.trim() === line) return `\`${line}\``;
  return `<code>${line.replace(/[^\p{L}\p{N}./=+% -]/gu, reference)}</code>`;
}

/**
 * Several lines of prose inside one paragraph, item or cell. Indentation and columns, which are for a terminal, are dropped.
 *
 * @param limit characters of one line; the end of a longer one is cut off.
 */
export function formatMarkdownLines(text: string, limit: number): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .filter((line) => line !== '')
    .map((line) => escapeMarkdown(truncate(line, limit)))
    .join('<br>');
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
