import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const REQUIRE = 'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n';

/** What a script prints, as JSON; `builtins` and `minify` are those of scripts/. */
function run(script: string): unknown {
  const imports = ['lazy-builtins', 'minify']
    .map((name) => `import * as ${name.replace('lazy-', '')} from './scripts/${name}.mjs';`)
    .join('\n');
  const output = execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', `${imports}\n${script}`],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return JSON.parse(output);
}

/** Runs a bundle whose modules need a module of Node's, named `builtin` here, and prints what `expression` gives. */
function bundled(name: string, expression: string): unknown {
  const external = `__WEBPACK_EXTERNAL_createRequire(import.meta.url)(${JSON.stringify(name)})`;
  const code = `#!/usr/bin/env node
${REQUIRE}const builtin = ${external};
const isLoaded = () => process.moduleLoadList.includes('NativeModule ${name.replace('node:', '')}');
process.stdout.write(JSON.stringify(${expression}));
`;
  const bundle = run(
    `process.stdout.write(JSON.stringify(await minify.minified(builtins.withLazyBuiltins(${JSON.stringify(code)}))))`,
  );
  const file = join(temporaryFolder(), 'index.mjs');
  writeFileSync(file, String(bundle));
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }));
}

test("a module of Node's is loaded at its first use", () => {
  const expression = '[isLoaded(), builtin.Agent !== undefined, isLoaded()]';
  expect(bundled('node:https', expression)).toEqual([false, true, true]);
});

test.each([
  ["builtin.createHash('sha256').update('').digest('hex').slice(0, 8)", 'e3b0c442'],
  ['typeof { ...builtin }.createHash', 'function'],
  ['typeof Object.assign({}, builtin).createHash', 'function'],
  ["Object.keys(builtin).includes('createHash')", true],
  ["Object.getOwnPropertyNames(builtin).includes('createHash')", true],
  ["'createHash' in builtin", true],
  ["Object.keys(builtin).includes('fips')", false],
  ["Object.hasOwn(builtin, 'createHash')", true],
  ["Object.hasOwn(builtin, 'no such thing')", false],
  ['builtin.noSuchThing === undefined', true],
  ['(class extends builtin.KeyObject {}).from === builtin.KeyObject.from', true],
])('it seems to be what it stands for: %s', (expression, value) => {
  expect(bundled('node:crypto', expression)).toEqual(value);
});

test('what is set on it is set for all', () => {
  expect(
    bundled(
      'node:https',
      "(builtin.globalAgent = 1, [builtin.globalAgent, process.getBuiltinModule('node:https').globalAgent])",
    ),
  ).toEqual([1, 1]);
});

test('a bundler that requires in another way is noticed', () => {
  const code = `${REQUIRE}const fs = __WEBPACK_EXTERNAL_createRequire(import.meta.filename)("fs");`;
  expect(
    run(
      `try { builtins.withLazyBuiltins(${JSON.stringify(code)}); console.log('0'); } catch (error) { console.log(JSON.stringify(error.message)); }`,
    ),
  ).toMatch(/another way/);
});

test('modules stand in parentheses, names of functions and classes stay, what nobody uses goes', () => {
  const chunk = `export const __webpack_modules__ = {
  12: ((module, exports, require) => { class Kept extends Error {} function unused() { return 'UNUSED'; } exports.Kept = Kept; }),
  34: (function (module) { /* { 1: (a) => a } */ module.exports = { 5: (value) => value, text: '(' }; }),
};
export const other = { 7: 'no module' };`;
  const code = String(
    run(`process.stdout.write(JSON.stringify(await minify.minified(${JSON.stringify(chunk)})))`),
  );
  expect(code).toMatch(/\{12:\(\(.*\}\),34:\(function.*\}\)\}/s);
  expect(code).toContain('class Kept');
  expect(code).not.toMatch(/UNUSED|\/\*/);
});

describe('modules that several chunks hold', () => {
  const chunk = (id: number, modules: string) =>
    `export const id = ${id};\nexport const ids = [${id}];\nexport const modules = {\n${modules}\n};\n`;
  const same = '7: (module) => { module.exports = 7; }';

  test('move to a file that these chunks import', async () => {
    const folder = temporaryFolder();
    const result = run(
      `import { withSingleModules } from './scripts/single-modules.mjs';
      const chunks = new Map([
        ['1.js', ${JSON.stringify(chunk(1, `${same},\n8: (module) => { module.exports = 8; }`))}],
        ['2.js', ${JSON.stringify(chunk(2, same))}],
        ['3.js', ${JSON.stringify(chunk(3, '9: (module) => { module.exports = 9; }'))}],
      ]);
      process.stdout.write(JSON.stringify(Object.fromEntries(withSingleModules(chunks))));`,
    ) as Record<string, string>;
    for (const [name, text] of Object.entries(result)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const modulesOf = async (name: string) => (await import(join(folder, name))).modules;

    expect(Object.keys(await modulesOf('1.js'))).toEqual(['7', '8']);
    expect(Object.keys(await modulesOf('2.js'))).toEqual(['7']);
    expect((await modulesOf('1.js'))[7]).toBe((await modulesOf('2.js'))[7]);
    expect(result['3.js']).toBe(chunk(3, '9: (module) => { module.exports = 9; }'));
  });

  test('dist/ holds each module once', () => {
    const bundle = join(ROOT, 'dist/bundle');
    const places = new Map<string, string[]>();
    for (const name of readdirSync(bundle)) {
      const code = readFileSync(join(bundle, name), 'utf8');
      for (const [, id = ''] of code.matchAll(/[{,](\d+):\((?=\(|function|[a-z]=>)/g)) {
        places.set(id, [...(places.get(id) ?? []), name]);
      }
    }
    expect(places.size).toBeGreaterThan(300);
    expect([...places].filter(([, names]) => names.length > 1)).toEqual([]);
  });
});
