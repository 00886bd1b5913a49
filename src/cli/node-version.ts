const MIN_NODE_MAJOR = 24;

/** Returns the error for a Node that is too old to run tfcache, undefined for one that is not. `version` is `process.version`. */
export function findNodeVersionProblem(version: string): string | undefined {
  const major = Number(/^v(\d+)\./.exec(version)?.[1]);
  if (!(major < MIN_NODE_MAJOR)) return undefined;
  return `tfcache needs Node ${MIN_NODE_MAJOR} or later; this is Node ${version}. Install Node ${MIN_NODE_MAJOR}, or put its folder first in PATH.`;
}
