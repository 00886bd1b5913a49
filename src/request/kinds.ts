import type { RequestKind, RequestKindName } from './request.ts';

/** Returns the rules of a kind that was loaded. */
export type RequestKindLookup = (name: RequestKindName) => RequestKind;

const LOADERS: Readonly<Record<RequestKindName, () => Promise<RequestKind>>> = {
  wheel: async () => (await import('./wheel/wheel.ts')).wheelKind,
  libtensorflow: async () => (await import('./libtensorflow/libtensorflow.ts')).libtensorflowKind,
  'keras-weights': async () => (await import('./keras/keras-weights.ts')).kerasWeightsKind,
  'keras-dataset': async () => (await import('./keras/keras-dataset.ts')).kerasDatasetKind,
  path: async () => (await import('./path/path.ts')).pathKind,
};

/** Loads the rules of some kinds. The rules of all kinds are most of the program, so a caller names the kinds it needs. */
export async function loadRequestKinds(
  names: Iterable<RequestKindName>,
): Promise<RequestKindLookup> {
  const loaded = new Map<RequestKindName, RequestKind>();
  for (const name of new Set(names)) loaded.set(name, await LOADERS[name]());
  return (name) => {
    const kind = loaded.get(name);
    if (kind === undefined) throw new Error(`The kind ${name} was not loaded.`);
    return kind;
  };
}
