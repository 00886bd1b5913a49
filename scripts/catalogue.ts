/**
 * Compares the catalogue of Keras' files (src/data/) with the newest `keras` wheel of the user's package index, and prints the
 * differences. They are information: the exit code is 0 whatever they are, and 1 only if nothing could be compared.
 *
 * npm run catalogue [-- WHEEL]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DATASET_FILES, WEIGHT_FILES } from '../src/request/keras/keras-catalogue.ts';
import { compareCatalogue, type KerasFiles } from './catalogue/compare.ts';

const READER = join(import.meta.dirname, 'catalogue/keras_files.py');

const temporary = mkdtempSync(join(tmpdir(), 'tfcache-catalogue-'));
try {
  const wheel = process.argv[2] ?? newestWheel(temporary);
  const keras: KerasFiles = JSON.parse(python(READER, wheel));
  const differences = compareCatalogue(keras, [...WEIGHT_FILES, ...DATASET_FILES]);
  console.log(
    `${basename(wheel)}: ${keras.files.length} downloads, ${keras.digests.length} digests`,
  );
  for (const difference of differences) console.log(`  ${difference}`);
  console.log(differences.length === 0 ? 'No differences.' : `${differences.length} differences.`);
} catch (error) {
  console.error(`Nothing was compared: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** Downloads the wheel with pip, from the index that pip is set up for. */
function newestWheel(folder: string): string {
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
  python('-m', 'pip', 'download', ...options, '--dest', folder, 'keras');
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.whl'));
  if (name === undefined) throw new Error('pip downloaded no wheel');
  return join(folder, name);
}

function python(...args: readonly string[]): string {
  return execFileSync('python3', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
