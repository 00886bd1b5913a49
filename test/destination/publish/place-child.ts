import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createFilePlacer } from '../../../src/destination/publish/file-placer.ts';
import { removeLeftoverTemporaryFiles } from '../../../src/destination/record/temporary-files.ts';
import { TfcacheError } from '../../../src/platform/error.ts';

/** Copies an object to a place where nothing is to stand, and says how that went. */
const [, , object = '', target = ''] = process.argv;
const placing = createFilePlacer({ destination: dirname(target), mode: 'copy', sample: object });
try {
  const { size } = statSync(object);
  console.log(await placing.place({ object, target, size, mtime: 1 }, undefined));
} catch (error) {
  if (!(error instanceof TfcacheError)) throw error;
  console.log(error.message);
} finally {
  removeLeftoverTemporaryFiles(dirname(target));
}
