/** Identifies a file of a bucket. */
interface FileName {
  bucket: string;
  path: string;
}

/**
 * Maps files, by bucket and path, to values. Iterates bucket by bucket, in each in insertion order. Needs no combined key for each of
 * a hundred thousand files.
 */
export class FileMap<Value> {
  readonly #buckets = new Map<string, Map<string, Value>>();

  get size(): number {
    let size = 0;
    for (const files of this.#buckets.values()) size += files.size;
    return size;
  }

  get({ bucket, path }: FileName): Value | undefined {
    return this.#buckets.get(bucket)?.get(path);
  }

  has({ bucket, path }: FileName): boolean {
    return this.#buckets.get(bucket)?.has(path) === true;
  }

  set({ bucket, path }: FileName, value: Value): void {
    let files = this.#buckets.get(bucket);
    if (files === undefined) {
      files = new Map();
      this.#buckets.set(bucket, files);
    }
    files.set(path, value);
  }

  *values(): Generator<Value> {
    for (const files of this.#buckets.values()) yield* files.values();
  }
}
