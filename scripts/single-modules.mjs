// The bundler repeats a small module in every chunk that needs it. Here each module is kept once: modules that several
// chunks hold move to a file of their own, which those chunks import.

import { parse } from 'acorn';

/**
 * @param {ReadonlyMap<string, string>} chunks the text of each chunk by its file name, not minified: the minifier names variables anew in each file.
 * @returns {Map<string, string>} the same chunks without repeated modules, and the files that hold these, `shared-N.js`.
 */
export function withSingleModules(chunks) {
  const tables = new Map([...chunks].map(([name, code]) => [name, moduleTable(code)]));
  const holders = new Map();
  for (const [name, table] of tables) {
    for (const [id, text] of table?.modules ?? []) {
      const key = `${id}:${text}`;
      holders.set(key, [...(holders.get(key) ?? []), name]);
    }
  }
  // Modules that the same chunks hold share one file.
  const groups = new Map();
  for (const [key, names] of holders) {
    if (names.length < 2) continue;
    const group = names.sort().join(' ');
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  const result = new Map();
  const imports = new Map();
  for (const [index, [group, keys]] of [...groups].sort().entries()) {
    const file = `shared-${index + 1}.js`;
    result.set(file, `export const modules={${keys.sort().join(',')}};\n`);
    for (const name of group.split(' ')) imports.set(name, [...(imports.get(name) ?? []), file]);
  }
  for (const [name, code] of chunks) {
    const files = imports.get(name);
    if (files === undefined) result.set(name, code);
    else result.set(name, rewrite(code, tables.get(name), files, holders));
  }
  return result;
}

function rewrite(code, { start, end, modules }, files, holders) {
  const own = [...modules].filter(([id, text]) => holders.get(`${id}:${text}`).length < 2);
  const spread = files.map((_, index) => `...s${index}`);
  const table = `{${[...spread, ...own.map(([id, text]) => `${id}:${text}`)].join(',')}}`;
  const lines = files.map((file, index) => `import{modules as s${index}}from"./${file}";`);
  return lines.join('') + code.slice(0, start) + table + code.slice(end);
}

/** The object that a chunk exports as `modules`: where it stands in the text, and each module's text by its number. */
function moduleTable(code) {
  const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  const exported = tree.body.flatMap((statement) => statement.declaration?.declarations ?? []);
  const table = exported.find(({ id }) => id.name === 'modules')?.init;
  if (table?.type !== 'ObjectExpression') return undefined;
  const modules = table.properties.map(({ key, value }) => [
    key.value,
    code.slice(value.start, value.end),
  ]);
  return { start: table.start, end: table.end, modules: new Map(modules) };
}
