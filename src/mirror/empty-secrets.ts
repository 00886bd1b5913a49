/** For hints: why a secret that is set in a workflow can be empty. */
export const EMPTY_SECRETS_HINT =
  'GitHub gives no secrets to workflows of pull requests from forks: use a mirror without a password there, or fill the cache in a run of the base branch.';
