/** Hard links to make: the one at an index of `targets` is to be the object at that index of `objects`. */
export interface LinkBatch {
  /** The number of the first. */
  first: number;
  /** Made beforehand where they are not there; those above them are. */
  folders: readonly string[];
  objects: readonly string[];
  targets: readonly string[];
}

export interface LinkBatchResult {
  /** Numbers of those that could not be made. */
  failed: readonly number[];
}
