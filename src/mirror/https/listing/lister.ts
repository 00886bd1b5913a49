import type { ListingBudget } from '../../listing-collector.ts';
import type { CheckedFile } from './listed-file.ts';

/** One folder of a bucket, its names checked; sizes and times may still be missing. */
export interface FolderContents {
  exists: boolean;
  files: readonly CheckedFile[];
  folders: readonly string[];
}

/** Lists one bucket in the way its server offers. */
export interface Lister {
  /** For the log: `Google’s JSON interface`. */
  readonly name: string;
  /**
   * One level of a folder, `''` for the root.
   * @param budget shared by all folders of one question.
   */
  listFolder(
    folder: string,
    signal: AbortSignal | undefined,
    budget: ListingBudget,
  ): Promise<FolderContents>;
  /** Everything below a folder. */
  listTree(folder: string, signal: AbortSignal | undefined): Promise<readonly CheckedFile[]>;
  /**
   * Called when no folder that was asked for exists. Absent where a missing root shows in every answer.
   *
   * @throws TfcacheError `configuration` if the root does not exist either: then the mirror's URL is wrong, not the request.
   */
  requireRoot?(signal: AbortSignal | undefined): Promise<void>;
}
