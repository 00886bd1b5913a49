import { kerasDatasetKind } from './keras/keras-dataset.ts';
import { kerasWeightsKind } from './keras/keras-weights.ts';
import { libtensorflowKind } from './libtensorflow/libtensorflow.ts';
import { pathKind } from './path/path.ts';
import type { RequestKind, RequestKindName } from './request.ts';
import { wheelKind } from './wheel/wheel.ts';

const KIND_BY_NAME: Readonly<Record<RequestKindName, RequestKind>> = {
  wheel: wheelKind,
  libtensorflow: libtensorflowKind,
  'keras-weights': kerasWeightsKind,
  'keras-dataset': kerasDatasetKind,
  path: pathKind,
};

/** The rules of a kind of request. */
export function getRequestKind(name: RequestKindName): RequestKind {
  return KIND_BY_NAME[name];
}
