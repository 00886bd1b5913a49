/** The bucket of a path unless a request names another one. */
export const MAIN_BUCKET = 'tensorflow';

/**
 * The name of a Python package index among the buckets: one folder per project, with the project's wheels. Only lines of
 * `mirrors` that name it serve it: `{bucket}` in a URL is replaced by the buckets of TensorFlow.
 */
export const INDEX_BUCKET = 'pypi';

/** Replaces in `mirrors` the URL of the package index that pip is configured to use: `pypi=pip`. */
export const PIP_CONFIGURED_INDEX = 'pip';
