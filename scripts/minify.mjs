// Makes what the bundler wrote smaller. The bundler only marks what nobody uses; leaving it out is the minifier's work.

import { minify } from 'terser';
import { withEagerModules } from './eager-modules.mjs';

const OPTIONS = {
  module: true,
  ecma: 2020,
  compress: {},
  // Somebody's stack trace must say where it came from.
  keep_classnames: true,
  keep_fnames: true,
};

/** What was minified so far, by source: entries have many chunks alike. */
const done = new Map();

/** @returns the same program in less text; the same text for the same source, on any machine. */
export async function minified(source) {
  const known = done.get(source);
  if (known !== undefined) return known;
  const { code } = await minify(source, OPTIONS);
  const result = withEagerModules(code);
  done.set(source, result);
  return result;
}
