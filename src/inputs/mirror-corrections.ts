import { maskValue } from '../platform/text/mask-secrets.ts';
import { suggestName } from '../platform/text/similar-names.ts';

const SCHEMES = 'rsyncs?|ssh|https?|file';
const KNOWN_SCHEMES = ['rsync', 'rsyncs', 'ssh', 'https', 'file'];

/** Suggests how to write an invalid line of `mirrors`, if it has a form that other tools accept; else returns undefined. */
export function suggestMirrorUrl(written: string): string | undefined {
  if (written.length > MAX_LENGTH) return undefined;
  // A hint must not repeat a password.
  const text = written.replace(/([^\s/@=:]*):(?!\/).*@/s, '$1@');
  for (const [form, hint] of FORMS) {
    const match = form.exec(text);
    const correction = match === null ? undefined : hint(match);
    if (correction !== undefined) return correction;
  }
  return undefined;
}

/** Some of the forms take quadratic time. */
const MAX_LENGTH = 2000;

type Hint = (match: RegExpExecArray) => string | undefined;

/** The first matching form decides. */
const FORMS: readonly (readonly [RegExp, Hint])[] = [
  [
    /^[-*+\u2022]\s+(.+)$/s,
    (m) =>
      `mirrors is a text with one mirror per line (mirrors: |), not a list. Write ${formatValue(m[1])}`,
  ],
  [
    /^\[.*\]$/s,
    () =>
      'mirrors is a text with one mirror per line (mirrors: |), without brackets, quotes and commas.',
  ],
  [
    /^(?:[^"'=]*=)?["'\u201c\u2018](.*)["'\u201d\u2019],?$/s,
    (m) => `Leave the quotes out: ${formatValue(m[1])}`,
  ],
  [
    /^\S+?[,;]\s*\S+:\/\/|^\S+:\/\/\S+\s+\S+:\/\//s,
    () => 'Write each mirror on a line of its own (on the command line: --mirrors for each).',
  ],
  [/^(.*[^,;\s])\s*[,;]+$/s, (m) => `Leave the comma at its end out: ${formatValue(m[1])}`],
  [
    /(?!\{bucket\}(?!\}))(?:[{<$]+\s*buckets?\s*[}>]+|\{[^}]*\}|<[^>]*>|%7[bB]buckets?%7[dD]|\$bucket)/,
    (m) => `Write {bucket} where the name of the bucket belongs, not ${formatValue(m[0])}`,
  ],
  [
    /^pypi=\s*([^:]*)$/s,
    () => "Write pypi=pip for the index of this machine's pip, or pypi=https://host/simple/",
  ],
  [
    /^([a-z0-9][a-z0-9._-]*):((?:rsyncs?|ssh|https?|file):\/\/.*)$/s,
    (m) => `Write ${m[1]}=${formatValue(m[2])}, with an equals sign.`,
  ],
  [
    /^gs:\/+([^/]*)\/?(.*)$/is,
    (m) =>
      `Write https://storage.googleapis.com/${m[1] || '{bucket}'}/${m[1] === 'tensorflow' || !m[1] ? '' : `, with ${m[1]}= in front of it`}`,
  ],
  [
    /^s3:\/+/i,
    () =>
      'An s3:// address is a cache: put it into the input cache. As a mirror, write the https:// address of its web endpoint.',
  ],
  [
    /^(?:([^@\s]*)@)?([^@\s/]+)::(.*)$/s,
    (m) => `Write rsync://${formatUser(m[1])}${m[2]}/${addSlash(m[3])}`,
  ],
  [
    /^file:\/(?!\/)(.*)$|^file:\/\/(?!\/|localhost\/)(.*)$/is,
    (m) => `Write file:///${addSlash(removeUserPart(m[1] ?? m[2]))}, with three slashes.`,
  ],
  [
    new RegExp(`^(${SCHEMES}):/?(?!/)(.*)$`, 'is'),
    (m) => `Write ${m[1]?.toLowerCase()}://${addSlash(removeUserPart(m[2]))}, with two slashes.`,
  ],
  [
    new RegExp(`^(${SCHEMES})//(.*)$`, 'is'),
    (m) => `Write ${m[1]?.toLowerCase()}://${addSlash(removeUserPart(m[2]))}, with a colon.`,
  ],
  [
    /^(?:~|\.{1,2})?\/(.*)$/s,
    (m) => `Write the absolute path of a folder as file:///${addSlash(m[1])}`,
  ],
  [
    new RegExp(`^(?!(?:${SCHEMES}):)([a-z]+):\\/\\/(.*)$`, 'is'),
    (m) => {
      const similar = suggestName(m[1] ?? '', KNOWN_SCHEMES);
      return similar && `Did you mean ${similar}://${formatValue(m[2])} ?`;
    },
  ],
  [
    /^([\w.-]+)@([\w.-]+):(?!\d+\/)\/?(.*)$/s,
    (m) => `Write ssh://${m[1]}@${m[2]}/${addSlash(m[3])}`,
  ],
  [
    /^((?:[\w-]+\.)+[a-z]{2,}(?::\d+)?)(?:\/(.*))?$/is,
    (m) => `Write rsync://${m[1]}/${addSlash(m[2])} or https://${m[1]}/${addSlash(m[2])}`,
  ],
];

function formatValue(text: string | undefined): string {
  return maskValue(text ?? '');
}

function removeUserPart(text: string | undefined): string {
  return (text ?? '').replace(/^.*@/s, '');
}

/** Returns the user name of a login, without the password. */
function formatUser(login: string | undefined): string {
  const name = login?.split(':', 1)[0] ?? '';
  return name === '' ? '' : `${name}@`;
}

function addSlash(path = ''): string {
  return path === '' || path.endsWith('/') ? path : `${path}/`;
}
