import { pathKind } from './path/path.ts';
import type { RequestKind, RequestKindName } from './request.ts';

/** The rules of the kinds that were loaded. */
export type RequestKindLookup = (name: RequestKindName) => RequestKind;

const LOADERS: Readonly<Record<RequestKindName, () => Promise<RequestKind>>> = {
  wheel: async () => (await import('./wheel/wheel.ts')).wheelKind,
  libtensorflow: async () => (await import('./libtensorflow/libtensorflow.ts')).libtensorflowKind,
  'keras-weights': async () => (await import('./keras/keras-weights.ts')).kerasWeightsKind,
  'keras-dataset': async () => (await import('./keras/keras-dataset.ts')).kerasDatasetKind,
  path: async () => pathKind,
};

/** Loads the rules of these kinds and of no other: together they are most of the program. */
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
