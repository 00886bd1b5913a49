// V8 reads the body of a function twice when it is called for the first time: once to see where it ends, once to compile
// it. In parentheses it is compiled at once (https://v8.dev/blog/preparser#pife). All modules of a file that is loaded
// are run, as a rule, so each is put in parentheses: the bundler does that too, but the minifier takes them away.

import { parse } from 'acorn';

/** @param code a chunk of the bundle: its modules are functions by their numbers, in one object. */
export function withEagerModules(code) {
  const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  const modules = [...moduleTables(tree)].flatMap(({ properties }) => properties);
  let result = '';
  let copied = 0;
  for (const { value } of modules) {
    result += `${code.slice(copied, value.start)}(${code.slice(value.start, value.end)})`;
    copied = value.end;
  }
  return result + code.slice(copied);
}

/** Modules by their numbers: `{ 123: (module, exports, require) => { … }, … }`. */
function isModuleTable({ type, properties }) {
  return (
    type === 'ObjectExpression' &&
    properties.length > 0 &&
    properties.every(
      ({ key, value, method }) =>
        Number.isInteger(key?.value) && !method && /^(Arrow)?FunctionExpression$/.test(value.type),
    )
  );
}

function* moduleTables(node) {
  if (isModuleTable(node)) yield node;
  else {
    for (const child of Object.values(node).flat()) {
      if (typeof child?.type === 'string') yield* moduleTables(child);
    }
  }
}
