import { kerasDataset } from './keras/keras-dataset.ts';
import { kerasWeights } from './keras/keras-weights.ts';
import { libtensorflow } from './libtensorflow/libtensorflow.ts';
import { path } from './path/path.ts';
import type { Kind, KindName } from './request.ts';
import { wheel } from './wheel/wheel.ts';

const KIND_BY_NAME: Readonly<Record<KindName, Kind>> = {
  wheel,
  libtensorflow,
  'keras-weights': kerasWeights,
  'keras-dataset': kerasDataset,
  path,
};

/** The rules of a kind of request. */
export function kindOf(name: KindName): Kind {
  return KIND_BY_NAME[name];
}
