import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RsyncWorkbench } from './rsync-workbench.ts';

/** Names in `linux/cpu` that mean something to a shell, to rsync's options, patterns and formats, or in its output. */
export const AWKWARD = [
  'sp ace.whl',
  ' lead',
  'trail ',
  `quo"te's`,
  'back\\slash',
  '中文.whl',
  '-dash',
  '#hash',
  ';semi',
  '*star?[x]',
  'esc\\#012literal',
  'a|b',
  '->arrow -> x',
  '%n%f',
] as const;

/** Names with control characters, which no mirror may have. */
export const CONTROL = [
  'new\nline',
  'cr\rx',
  'tab\tx',
  '\u0001control',
  'delete\u007f',
  'c1\u009b31m',
] as const;

export interface AwkwardTree {
  folder: string;
  /** So that the workbench can be removed by who is not root. */
  unlock(): void;
}

/** A bucket whose names, links and rights are such as go wrong. */
export function putAwkwardTree(bench: RsyncWorkbench): AwkwardTree {
  const folder = join(bench.root, 'bucket');
  for (const name of [...AWKWARD, ...CONTROL]) {
    bench.put(`bucket/linux/cpu/${name}`, `content of ${name}`);
  }
  bench.put('bucket/linux/bad\nfolder/x.whl', 'x');
  bench.put('bucket/linux/cpu/deep/er/x.whl', 'deep');
  bench.put('bucket/#top', 'top');
  bench.put('bucket/versions/"2.21.0"/w.whl', 'quoted');
  bench.put('bucket/locked/f', 'x');
  mkdirSync(join(folder, 'empty'));
  utimesSync(join(folder, '#top'), 1_500_000_000, 1_500_000_001);
  symlinkSync('deep', join(folder, 'linux/cpu/link'));
  symlinkSync('/etc/passwd', join(folder, 'linux/cpu/link-out'));
  writeFileSync(Buffer.from(`${folder}/linux/cpu/bad\xff`, 'latin1'), 'not UTF-8');
  // Odd rights on the mirror must not become ours.
  chmodSync(join(folder, 'versions/"2.21.0"'), 0o555);
  chmodSync(join(folder, 'versions/"2.21.0"/w.whl'), 0o4444);
  return { folder, unlock: () => chmodSync(join(folder, 'versions/"2.21.0"'), 0o755) };
}
