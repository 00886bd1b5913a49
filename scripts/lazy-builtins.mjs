// Node's own modules are loaded when they are first used, not when a module that names them is: a pull that finds all in
// the store has no use for most, and loading them would cost it as much as its own work.

/** How the bundler writes that it needs a module of Node's, and what that needs. */
const EXTERNAL = /__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(("[^"]+")\)/g;
const REQUIRE = 'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n';

/** Where files that belong to a bundle lie. None does; the build says so when one appears. */
const FOLDER = /^.*__nccwpck_require__\.ab = .*import\.meta\.url.*\n/m;

/** These are functions, or hold classes that packages extend while they are loaded: nothing is won by waiting. */
const AT_ONCE =
  /^"(?:node:)?(?:assert|events|fs|os|path|process|stream|string_decoder|timers|url|util)"$/;

/** Stands for a module of Node's. It is an empty object to itself, so it may say of every property that it can change. */
const LAZY = `const __lazyBuiltin = (name) => {
  const module = () => process.getBuiltinModule(name);
  return new Proxy({}, {
    get: (_, key) => module()[key],
    set: (_, key, value) => Reflect.set(module(), key, value),
    has: (_, key) => key in module(),
    ownKeys: () => Reflect.ownKeys(module()),
    getOwnPropertyDescriptor(_, key) {
      const own = Reflect.getOwnPropertyDescriptor(module(), key);
      return own && { get: () => module()[key], enumerable: own.enumerable, configurable: true };
    },
  });
};
`;

/**
 * How a bundle gets at Node's modules. `process.getBuiltinModule` gives the very object that `require` gives, without the
 * namespace for `import` that `require` makes each time, which loads what a module's own getters put off.
 *
 * @param code index.js of a bundle: chunks get Node's modules from there.
 */
export function withLazyBuiltins(code) {
  if (!code.includes(REQUIRE)) return code;
  const lazy = code
    .replace(REQUIRE, LAZY)
    .replace(FOLDER, '')
    .replaceAll(EXTERNAL, (_, name) =>
      AT_ONCE.test(name) ? `process.getBuiltinModule(${name})` : `__lazyBuiltin(${name})`,
    );
  if (lazy.includes('createRequire(')) throw new Error('The bundler requires in another way now.');
  return lazy;
}
