/** `node bundle.mjs ENTRY FOLDER`: a bundle of compiled code, made as scripts/build.mjs makes those of dist/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ncc from '@vercel/ncc';
import { withLazyBuiltins } from '../scripts/lazy-builtins.mjs';
import { minified } from '../scripts/minify.mjs';

const [entry = '', folder = ''] = process.argv.slice(2);
const { code, assets } = await ncc(entry, {
  cache: false,
  customEmit: () => false,
  minify: false,
  quiet: true,
  target: 'es2024',
});
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'index.js'), await minified(withLazyBuiltins(code)));
for (const [name, { source }] of Object.entries(assets)) {
  const text = String(source);
  writeFileSync(join(folder, name), /^\d+\.index\.js$/.test(name) ? await minified(text) : text);
}
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
