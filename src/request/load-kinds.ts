import { path } from './path/path.ts';
import type { Kind, KindName } from './request.ts';

/** The rules of the kinds that were loaded. */
export type KindOf = (name: KindName) => Kind;

const LOADERS: Readonly<Record<KindName, () => Promise<Kind>>> = {
  wheel: async () => (await import('./wheel/wheel.ts')).wheel,
  libtensorflow: async () => (await import('./libtensorflow/libtensorflow.ts')).libtensorflow,
  'keras-weights': async () => (await import('./keras/keras-weights.ts')).kerasWeights,
  'keras-dataset': async () => (await import('./keras/keras-dataset.ts')).kerasDataset,
  path: async () => path,
};

/** Loads the rules of these kinds and of no other: together they are most of the program. */
export async function loadKinds(names: Iterable<KindName>): Promise<KindOf> {
  const loaded = new Map<KindName, Kind>();
  for (const name of new Set(names)) loaded.set(name, await LOADERS[name]());
  return (name) => {
    const kind = loaded.get(name);
    if (kind === undefined) throw new Error(`The kind ${name} was not loaded.`);
    return kind;
  };
}
