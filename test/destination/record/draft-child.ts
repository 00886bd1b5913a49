import { writeFileSync } from 'node:fs';
import { createTemporaryFiles } from '../../../src/destination/record/temporary-files.ts';

/** Writes a draft, and stays until it is killed. */
const [, , destination = ''] = process.argv;
writeFileSync(createTemporaryFiles(destination).next(), 'half');
console.log('made');
setInterval(() => undefined, 60_000);
