import type { Destination } from '../destination/destination.ts';
import { TfcacheError } from '../error.ts';
import type { LinkMode, Store } from '../store/types.ts';
import type { Fetched } from './fetched.ts';

/** Puts what was verified where the build reads it. Called only when everything is here: a failed run touches nothing. */
export async function publishAll(
  fetched: readonly Fetched[],
  destination: Destination,
  store: () => Store,
  link: LinkMode,
): Promise<void> {
  const files = fetched.map(({ verified, source }) => {
    if (source === 'in-place') return { ...verified, object: undefined };
    const object = store().objectPath(verified.sha256, verified.size);
    if (object === undefined) throw vanished(verified.path, store().folder);
    return { ...verified, object };
  });
  const { method } = await destination.publish(files, { link });
  if (method === undefined || method === 'hardlink') return;
  store().touch(files.flatMap(({ object }) => object ?? []));
}

function vanished(path: string, where: string): TfcacheError {
  return new TfcacheError(
    'failed',
    `${path} was verified, and is no longer in the store as it was.`,
    {
      where,
      hint: 'Something else changed the store meanwhile: run again, and keep other programs out of that folder.',
    },
  );
}
