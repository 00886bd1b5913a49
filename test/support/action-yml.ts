import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './runner.ts';

export interface Declared {
  description: string;
  default: string | undefined;
}

export interface ActionFile {
  inputs: Map<string, Declared>;
  outputs: Map<string, Declared>;
  runs: Map<string, string>;
}

/** Reads an action.yml of ours: only the forms that ours are written in. */
export function readActionFile(path: string): ActionFile {
  const sections = new Map<string, Map<string, Map<string, string>>>();
  const runs = new Map<string, string>();
  let section = '';
  let name = '';
  let key = '';
  for (const line of readFileSync(join(ROOT, path), 'utf8').split('\n')) {
    const top = /^([a-z]+):/.exec(line);
    const second = /^ {2}([a-z-]+):(?: (.*))?$/.exec(line);
    const third = /^ {4}([a-z-]+):(?: (.*))?$/.exec(line);
    if (top !== null) section = top[1] ?? '';
    else if (second !== null && section === 'runs') runs.set(second[1] ?? '', second[2] ?? '');
    else if (second !== null) {
      name = second[1] ?? '';
      const names = sections.get(section) ?? new Map();
      sections.set(section, names.set(name, new Map()));
    } else if (third !== null) {
      key = third[1] ?? '';
      sections
        .get(section)
        ?.get(name)
        ?.set(key, unquote(third[2] ?? ''));
    } else if (line.startsWith('      ')) {
      const keys = sections.get(section)?.get(name);
      keys?.set(key, `${keys.get(key)?.replace('>-', '') ?? ''} ${line.trim()}`.trim());
    }
  }
  const declared = (of: string) =>
    new Map(
      [...(sections.get(of) ?? new Map<string, Map<string, string>>())].map(([id, keys]) => [
        id,
        { description: keys.get('description') ?? '', default: keys.get('default') },
      ]),
    );
  return { inputs: declared('inputs'), outputs: declared('outputs'), runs };
}

/** Text in double quotes may hold line breaks, as in JSON. */
function unquote(text: string): string {
  if (/^".*"$/.test(text)) return String(JSON.parse(text));
  return /^'.*'$/.test(text) ? text.slice(1, -1) : text;
}
