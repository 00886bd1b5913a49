// Node's own modules are loaded when they are first used, not when a module that names them is: a pull that finds all in
// the store has no use for most, and loading them would cost it as much as its own work.

const REQUIRE = 'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n';
/** Where files that belong to a bundle lie. None does; the build says so when one appears. */
const FOLDER = /^.*__nccwpck_require__\.ab = .*import\.meta\.url.*\n/m;
const EXTERNAL = /__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(("[^"]+")\)/g;

/** These are functions, or hold classes that packages extend while they are loaded: nothing is won by waiting. */
const AT_ONCE =
  /^"(?:node:)?(?:assert|events|fs|os|path|process|stream|string_decoder|timers|url|util)"$/;

/**
 * How a bundle gets at Node's modules. `process.getBuiltinModule` gives the very object that `require` gives, without the
 * namespace for `import` that `require` makes each time, which loads what a module's own getters put off.
 */
export function withLazyBuiltins(code) {
  const lazy = code.replaceAll(EXTERNAL, (_, name) =>
    AT_ONCE.test(name) ? `process.getBuiltinModule(${name})` : proxyOf(name),
  );
  return lazy.replace(REQUIRE, '').replace(FOLDER, '');
}

function proxyOf(name) {
  const module = `process.getBuiltinModule(${name})`;
  return `new Proxy({}, { get: (_, key) => ${module}[key], has: (_, key) => key in ${module}, ownKeys: () => Reflect.ownKeys(${module}) })`;
}
