import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/platform/error.ts';
import {
  DATASET_FILES,
  normalizeKerasName,
  WEIGHT_FILES,
} from '../../../src/request/keras/keras-catalogue.ts';
import {
  errorOf,
  getRequestKind,
  oneRequest,
  pathsOf,
  resolveOne,
  unexaminedMachine,
} from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

function weightPaths(bucket: string): string[] {
  return WEIGHT_FILES.filter((file) => file.bucket === bucket).map(({ path }) => path);
}

const HELD = {
  tensorflow: [
    ...weightPaths('tensorflow'),
    ...DATASET_FILES.flatMap(({ path }) => (path === null ? [] : [path])),
  ],
  'keras-applications': weightPaths('keras-applications'),
  'download.tensorflow.org': weightPaths('download.tensorflow.org'),
};
const APPS = 'keras-applications';

function identify(text: string): Promise<string> {
  const request = oneRequest(text);
  return getRequestKind(request.kind).identify(request, unexaminedMachine);
}

describe('weights', () => {
  it.each([
    ['ResNet50', `${APPS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5`],
    [
      'resnet50?variant=notop',
      `${APPS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5`,
    ],
    [
      'RESNET50?variant=NoTop&weights=imagenet',
      `${APPS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5`,
    ],
    ['inception_v3', `${APPS}/inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels.h5`],
    ['MobileNet', `${APPS}/mobilenet/mobilenet_1_0_224_tf.h5`],
    [
      'mobilenet?alpha=0.5&input_size=160&variant=notop',
      `${APPS}/mobilenet/mobilenet_5_0_160_tf_no_top.h5`,
    ],
    ['mobilenet?alpha=1', `${APPS}/mobilenet/mobilenet_1_0_224_tf.h5`],
    ['mobilenet?alpha=.50', `${APPS}/mobilenet/mobilenet_5_0_224_tf.h5`],
    [
      'MobileNetV2?alpha=1.40&input_size=96',
      `${APPS}/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.4_96.h5`,
    ],
    ['MobileNetV3Small', `${APPS}/mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float.h5`],
    [
      'MobileNetV3Small?variant=notop',
      `${APPS}/mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5`,
    ],
    [
      'MobileNetV3Small?variant=notop&legacy=true',
      `${APPS}/mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float_no_top.h5`,
    ],
    [
      'MobileNetV3Large?minimalistic=true',
      `${APPS}/mobilenet_v3/weights_mobilenet_v3_large_minimalistic_224_1.0_float.h5`,
    ],
    ['ResNetRS101', `${APPS}/resnet_rs/resnet-rs-101-i192.h5`],
    ['ResNetRS101?weights=imagenet', `${APPS}/resnet_rs/resnet-rs-101-i192.h5`],
    ['ResNetRS101?weights=imagenet-i160', `${APPS}/resnet_rs/resnet-rs-101-i160.h5`],
    ['ResNetRS152?input_size=224', `${APPS}/resnet_rs/resnet-rs-152-i224.h5`],
    ['NASNetMobile', `${APPS}/nasnet/NASNet-mobile.h5`],
    ['EfficientNetB0?variant=notop', 'efficientnetb0_notop.h5'],
    ['EfficientNetV2B0', `${APPS}/efficientnet_v2/efficientnetv2-b0.h5`],
    ['imagenet_class_index', 'data/imagenet_class_index.json'],
  ])('%s: %s', async (name, path) => {
    expect(await pathsOf(`keras-weights:${name}`, createTreeLister(HELD))).toEqual([path]);
  });

  it('have the digest that Keras verifies, and no other', async () => {
    const [checked] = (
      await resolveOne('keras-weights:ResNet50?variant=notop', createTreeLister(HELD))
    ).files;
    expect(checked?.digests).toEqual([
      { algorithm: 'md5', value: '4d473c1dd8becc155b73f8504c6f6626', source: 'catalogue' },
    ]);
    const [sha256] = (await resolveOne('keras-weights:RegNetX002', createTreeLister(HELD))).files;
    expect(sha256?.digests).toMatchObject([{ algorithm: 'sha256', source: 'catalogue' }]);
    const [unchecked] = (await resolveOne('keras-weights:MobileNet', createTreeLister(HELD))).files;
    expect(unchecked?.digests).toEqual([]);
  });

  it('are in the bucket that Keras downloads them from', async () => {
    const lister = createTreeLister(HELD);
    const { files } = await resolveOne('keras-weights:efficientnetb7', lister);
    expect(files).toMatchObject([{ bucket: 'keras-applications', path: 'efficientnetb7.h5' }]);
    expect(lister.calls).toEqual(['keras-applications: (root)']);
  });

  it.each([
    ['keras-weights:resnet50', 'keras-weights:ResNet50?variant=top'],
    [
      'keras-weights:MOBILENET?alpha=1',
      'keras-weights:MobileNet?alpha=1.0&input_size=224&variant=top',
    ],
    ['keras-weights:resnetrs152', 'keras-weights:ResNetRS152?variant=top&weights=imagenet-i256'],
    [
      'keras-weights:MobileNetV3Small',
      'keras-weights:MobileNetV3Small?alpha=1.0&legacy=false&minimalistic=false&variant=top',
    ],
    ['keras-weights:test_image_elephant', 'keras-weights:test_image_elephant'],
  ])('%s has the id %s', async (text, id) => {
    expect(await identify(text)).toBe(id);
  });

  it('have an id for each file, and a request for each id', async () => {
    const seen = new Map<string, string>();
    for (const file of WEIGHT_FILES) {
      const fields = Object.entries(file).filter(([key]) =>
        ['variant', 'alpha', 'input_size', 'minimalistic', 'weights', 'legacy'].includes(key),
      );
      const text = `keras-weights:${file.model}?${fields.map(([key, value]) => `${key}=${value}`).join('&')}`;
      const id = await identify(text);
      expect(await pathsOf(text, createTreeLister(HELD))).toEqual([file.path]);
      expect(await pathsOf(id, createTreeLister(HELD))).toEqual([file.path]);
      expect(seen.get(id)).toBeUndefined();
      seen.set(id, file.path);
    }
    expect(seen.size).toBe(258);
  });

  it.each([
    ['keras-weights:MobileNet?alpha=0.6', ['no alpha "0.6"', '1.0, 0.75, 0.5, 0.25']],
    [
      'keras-weights:MobileNetV3Small?alpha=0.75&minimalistic=true',
      ['no minimalistic "true" with alpha=0.75'],
    ],
    ['keras-weights:MobileNet?input_size=225', ['no input_size "225"', '224']],
    ['keras-weights:VGG16?variant=no_top', ['no variant "no_top"', 'variant=notop']],
    ['keras-weights:EficientNetB0', ['no model "EficientNetB0"', 'EfficientNetB0']],
  ])('refuses %s', async (text, words) => {
    const error = await errorOf(() => oneRequest(text));
    expect(error.code).toBe('usage');
    for (const word of words) expect(describeError(error)).toContain(word);
  });

  it('that a mirror does not have are named, with the nearest names', async () => {
    const held = { tensorflow: [`${APPS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5`] };
    const error = await errorOf(() =>
      resolveOne('keras-weights:ResNet50?variant=notop', createTreeLister(held)),
    );
    expect(error.code).toBe('nothing-matched');
    expect(error.expected).toBe('resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5');
    expect(error.found).toContain('resnet50_weights_tf_dim_ordering_tf_kernels.h5');
    expect(error.where).toContain('keras-applications/resnet/');
  });
});

describe('data sets', () => {
  it.each([
    ['mnist', ['mnist.npz']],
    ['MNIST', ['mnist.npz']],
    [
      'fashion-mnist',
      [
        'train-labels-idx1-ubyte.gz',
        'train-images-idx3-ubyte.gz',
        't10k-labels-idx1-ubyte.gz',
        't10k-images-idx3-ubyte.gz',
      ],
    ],
    ['imdb', ['imdb.npz', 'imdb_word_index.json']],
    ['jena_climate', ['jena_climate_2009_2016.csv.zip']],
  ])('%s: %s', async (name, files) => {
    const lister = createTreeLister(HELD);
    expect(await pathsOf(`keras-dataset:${name}`, lister)).toEqual(
      files.map((file) => `tf-keras-datasets/${file}`),
    );
    expect(lister.calls).toEqual(['tensorflow: tf-keras-datasets']);
  });

  it('have the digests of the catalogue, and no others', async () => {
    const imdb = await resolveOne('keras-dataset:imdb', createTreeLister(HELD));
    expect(imdb.files.map(({ digests }) => digests.map(({ algorithm }) => algorithm))).toEqual([
      ['sha256'],
      ['md5'],
    ]);
    const fashion = await resolveOne('keras-dataset:fashion_mnist', createTreeLister(HELD));
    expect(fashion.files.flatMap(({ digests }) => digests.map(({ source }) => source))).toEqual(
      Array.from({ length: 4 }, () => 'catalogue'),
    );
    expect(fashion).toMatchObject({
      id: 'keras-dataset:fashion_mnist',
      title: 'fashion_mnist (4 files)',
    });
  });

  it('that are incomplete on a mirror are not resolved', async () => {
    const held = ['tf-keras-datasets/imdb.npz', 'tf-keras-datasets/mnist.npz'];
    const error = await errorOf(() => resolveOne('keras-dataset:imdb', createTreeLister(held)));
    expect(error.code).toBe('nothing-matched');
    expect(error.message).toContain("1 of the data set's 2 files");
    expect(error.expected).toBe('imdb_word_index.json');
    expect(error.found).toContain('imdb.npz');
  });
});

describe('the catalogue', () => {
  const digests = {
    md5: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
    sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  };
  const path = v.pipe(v.string(), v.regex(/^[\w.-]+(?:\/[\w.-]+)*$/));

  it('has the fields that the code reads', () => {
    const weights = v.strictObject({
      model: v.pipe(v.string(), v.regex(/^\w+$/)),
      variant: v.picklist(['top', 'notop', 'json', 'jpg']),
      alpha: v.optional(v.number()),
      input_size: v.optional(v.pipe(v.number(), v.integer())),
      minimalistic: v.optional(v.boolean()),
      weights: v.optional(v.pipe(v.string(), v.regex(/^imagenet-i\d+$/))),
      legacy: v.optional(v.boolean()),
      bucket: v.picklist(['tensorflow', 'keras-applications', 'download.tensorflow.org']),
      path,
      ...digests,
    });
    const dataset = v.strictObject({
      dataset: v.pipe(v.string(), v.regex(/^\w+$/)),
      bucket: v.nullable(v.literal('tensorflow')),
      path: v.nullable(path),
      origin: v.optional(v.pipe(v.string(), v.url())),
      ...digests,
    });
    expect(v.parse(v.array(weights), WEIGHT_FILES)).toHaveLength(258);
    expect(v.parse(v.array(dataset), DATASET_FILES)).toHaveLength(14);
  });

  it('has distinct models after normalisation', () => {
    const models = [...new Set(WEIGHT_FILES.map(({ model }) => model))];
    expect(new Set(models.map(normalizeKerasName)).size).toBe(models.length);
  });
});
