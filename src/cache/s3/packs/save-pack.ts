import type { Pack, PackOutcome } from '../../cache.ts';
import { sumContentBytes } from '../../packs.ts';
import type { WriteCondition } from '../bucket/bucket.ts';
import { type UploadContext, uploadPack } from './upload-pack.ts';

export interface SavePackContext extends UploadContext {
  /** Keys of the objects that may hold the pack, `objectKey` first. Empty if the job may not read. */
  candidateKeys: readonly string[];
}

/** Saves a pack unless it exists. Concurrent writers write the same bytes, so it does not matter which one completes first. */
export async function savePack(
  pack: Pack,
  locate: (sha256: string) => string,
  context: SavePackContext,
): Promise<PackOutcome> {
  const totalBytes = sumContentBytes(pack);
  try {
    const found = await findPack(totalBytes, context);
    if (found === 'saved') return { status: 'already-saved', pack };
    // An object of another size is not this pack, and is overwritten.
    const condition: WriteCondition = found === 'wrong-size' ? 'any' : 'new';
    await uploadPack({ contents: pack.contents, totalBytes, locate, condition }, context);
    return { status: 'saved', pack };
  } catch (error) {
    const { kind, reason } = context.classifyError(error);
    // A missing upload may have been completed: its response was lost, and the SDK retried.
    const mayBeSaved = kind === 'conflict' || kind === 'missing';
    const isSaved =
      kind === 'exists' || (mayBeSaved && (await wasSavedMeanwhile(totalBytes, context)));
    if (isSaved) return { status: 'already-saved', pack };
    return { status: kind === 'denied' ? 'denied' : 'failed', pack, reason };
  }
}

/** A store may refuse both of two concurrent writers: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
async function wasSavedMeanwhile(totalBytes: number, context: SavePackContext): Promise<boolean> {
  try {
    return (await findPack(totalBytes, context)) === 'saved';
  } catch (error) {
    const { reason } = context.classifyError(error);
    context.log.debug(`Could not look up ${context.objectKey} again: ${reason}`);
    return false;
  }
}

async function findPack(
  totalBytes: number,
  context: SavePackContext,
): Promise<'saved' | 'missing' | 'wrong-size'> {
  let found: 'missing' | 'wrong-size' = 'missing';
  for (const key of context.candidateKeys) {
    try {
      if ((await context.bucket.headObject(key)) === totalBytes) return 'saved';
      if (key === context.objectKey) found = 'wrong-size';
    } catch (error) {
      const failure = context.classifyError(error);
      const isMissing = failure.kind === 'missing' || failure.kind === 'denied';
      if (!isMissing || failure.isServiceDown) throw error;
    }
  }
  return found;
}
