import { closeSync, openSync } from 'node:fs';
import { silentLog } from '../../src/platform/log.ts';
import { openStore } from '../../src/store/open-store.ts';

// Asks for an object while this process may open no more files, and then once more.
const [, , folder = '', sha256 = '', size = ''] = process.argv;
const store = openStore(folder, { log: silentLog });
// The names are read beforehand.
store.objectPath(sha256, Number(size) + 1);
const open: number[] = [];
let full = false;
while (!full) {
  try {
    open.push(openSync('/dev/null', 'r'));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    full = true;
  }
}
let said = '';
try {
  store.objectPath(sha256, Number(size));
} catch (error) {
  said = error instanceof Error ? error.message : String(error);
}
for (const descriptor of open) closeSync(descriptor);
console.log(JSON.stringify({ said, found: store.objectPath(sha256, Number(size)) !== undefined }));
