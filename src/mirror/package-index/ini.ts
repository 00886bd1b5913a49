/** Values of a file by `section.key`, the last one of a key winning. */
export type IniValues = ReadonlyMap<string, string>;

/**
 * Reads a file as Python’s RawConfigParser does, which pip reads its configuration with: `key = value` or `key: value` below
 * `[section]`, `#` and `;` beginning a comment line, indented lines going on with the value above. Keys are compared as pip
 * compares them: in lower case, `_` as `-`. Lines that mean nothing are passed over.
 * https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function parseIni(text: string): IniValues {
  const values = new Map<string, string>();
  let section: string | undefined;
  let key: string | undefined;
  let keyIndent = 0;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const content = line.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    const indent = line.length - line.trimStart().length;
    if (key !== undefined && indent > keyIndent) {
      values.set(key, `${values.get(key) ?? ''}\n${content}`.trim());
      continue;
    }
    const header = /^\[(.+)\]/.exec(content);
    if (header !== null) {
      [section, key] = [header[1], undefined];
      continue;
    }
    const option = /^([^=:]*)[=:](.*)$/s.exec(content);
    key = option === null || section === undefined ? undefined : nameOf(section, option[1] ?? '');
    keyIndent = indent;
    if (key !== undefined) values.set(key, (option?.[2] ?? '').trim());
  }
  return values;
}

function nameOf(section: string, key: string): string {
  return `${section}.${key.trim().toLowerCase().replaceAll('_', '-').replace(/^--/, '')}`;
}
