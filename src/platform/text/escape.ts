/*
 * Names come from mirrors and users, so they may hold anything. These functions make them safe to show in a line of a
 * workflow's log, and in Markdown as GitHub renders it.
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
 * Escapes a text for a log line. A runner treats `::name::` at the start of a line and `##[name]` anywhere in a line as a command
 * (actions/runner, ActionCommand), so both are escaped.
 */
export function escapeForLog(text: string): string {
  return escapeControlCharacters(text)
    .replaceAll('##[', '#\\#[')
    .replace(/^(\s*):(?=:)/, '$1\\:');
}

/** Shortens a text to `limit` characters by cutting from the middle, because both ends of a path are informative. */
export function shortenMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  const tail = limit - 1 - head;
  // A character takes at most two code units, so only both ends need to be split.
  const start = Array.from(text.slice(0, 2 * limit));
  const end = Array.from(text.slice(-2 * limit));
  if (text.length <= 2 * limit && start.length <= limit) return text;
  return `${start.slice(0, head).join('')}…${end.slice(end.length - tail).join('')}`;
}

/** Shortens a text to `limit` characters by cutting off its end. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text.slice(0, 2 * limit));
  return characters.length <= limit && text.length <= 2 * limit
    ? text
    : `${characters.slice(0, limit - 1).join('')}…`;
}

/**
 * Escapes prose for Markdown, also in a table cell. Every character that could begin Markdown, HTML, a mention, an emoji, a formula
 * or a link becomes a character reference, which CommonMark treats as plain text
 * (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references).
 */
export function escapeMarkdown(text: string): string {
  return (
    escapeControlCharacters(text)
      .replace(/[&<>|`*[\]~#\\!$^"{}]/g, toReference)
      // An underscore between letters or digits is never emphasis, and names stay searchable.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, toReference)
      // GitHub makes links and emoji of `https://…`, `mailto:…`, `www.…`, `:name:`.
      .replace(/(?<=http|https|ftp|mailto|xmpp):|:(?=[\w+-]+:)/gi, toReference)
      .replace(/(?<=\bwww)\./gi, toReference)
      // A zero-width space prevents a mention, as in the texts of dependency bots.
      .replace(/@/g, '@&#8203;')
      // At the start: a list item, or the underline of a heading.
      .replace(/^\s*(?:[-+=]|\d+(?=[.)](?:\s|$)))/, (start) => start.replace(/\S/g, toReference))
  );
}

/**
 * Formats a name as code in Markdown, also in a table cell: as a code span if that is safe, so that the text stays searchable; else
 * as HTML with character references, because backticks, pipes and backslashes end a span or a cell. GitHub makes no mentions and
 * links inside code.
 */
export function formatMarkdownCode(text: string): string {
  const line = escapeControlCharacters(text);
  if (line === '') return '';
  // A `$` next to a backtick begins a formula on GitHub.
  if (!/[`|\\$]/.test(line) && line.trim() === line) return `\`${line}\``;
  return `<code>${line.replace(/[^\p{L}\p{N}./=+% -]/gu, toReference)}</code>`;
}

/**
 * Formats several lines of prose for one paragraph, list item or cell. Removes indentation and columns, which are for a terminal.
 *
 * @param limit characters per line.
 */
export function formatMarkdownLines(text: string, limit: number): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .filter((line) => line !== '')
    .map((line) => escapeMarkdown(truncate(line, limit)))
    .join('<br>');
}

function toReference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
