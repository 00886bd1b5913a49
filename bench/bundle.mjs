/** `node bundle.mjs ENTRY FOLDER`: a bundle of compiled code, made as scripts/build.mjs makes those of dist/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ncc from '@vercel/ncc';

const [entry = '', folder = ''] = process.argv.slice(2);
const { code, assets } = await ncc(entry, {
  cache: false,
  customEmit: () => false,
  minify: true,
  quiet: true,
  target: 'es2024',
});
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'index.js'), code);
for (const [name, { source }] of Object.entries(assets)) writeFileSync(join(folder, name), source);
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
