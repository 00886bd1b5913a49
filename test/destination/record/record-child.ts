import {
  readDestinationRecord,
  writeDestinationRecord,
} from '../../../src/destination/record/record.ts';
import { removeLeftoverTemporaryFiles } from '../../../src/destination/record/temporary-files.ts';
import { silentLog } from '../../../src/platform/log.ts';

/** Writes a record again and again, as runs into one destination do, and tidies before each time. */
const [, , destination = '', bucket = '', times = '1'] = process.argv;
const sha256 = 'a'.repeat(64);
const entries = Array.from({ length: 3_000 }, (_, index) => ({
  bucket,
  path: `file ${index}`,
  size: 1,
  mtime: 1,
  sha256,
}));
for (let time = 0; time < Number(times); time += 1) {
  removeLeftoverTemporaryFiles(destination);
  writeDestinationRecord(destination, { entries, folders: new Set(), job: undefined });
  const found = [...readDestinationRecord(destination, silentLog).entries.values()].flat();
  const buckets = new Set(found.map((entry) => entry.bucket));
  if (found.length !== entries.length || buckets.size !== 1) throw new Error('a mixed record');
}
