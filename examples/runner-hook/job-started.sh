#!/bin/sh
# Hook of a self-hosted GitHub Actions runner (ACTIONS_RUNNER_HOOK_JOB_STARTED): warms the store before each job.
#
# The runner fails a job whose hook fails, and sets no limit to its time. This one never fails a job and has a limit: a store
# that could not be warmed costs the job time, no more. Settings: warm.env beside this file.
# shellcheck disable=SC2016 # what stands in single quotes is for the inner shell
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# Nothing of the job's environment reaches tfcache: only what warm.env says. The first argument is run by sh after it.
with_settings() {
  script=$1
  env -i HOME="${HOME:-/}" LANG=C.UTF-8 sh -c "set -a; . \"\$1/warm.env\" || exit 2; $script" sh "$here"
}

echo '::group::tfcache warms the store'
# What a mirror says must not be read as a workflow command.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
status=0
# The runner starts this with `bash -e`: a failure that nothing catches would end it here.
with_settings 'exec timeout --foreground --kill-after=30 "${WARM_SECONDS:-120}" "$WARM_STORE"' 2>&1 || status=$?
echo "::$token::"
echo '::endgroup::'

if [ "$status" -ne 0 ]; then
  echo "::warning title=tfcache::The store was not warmed (exit code $status); the job goes on without."
fi

# So that workflows need not know the path: store: ${{ env.TFCACHE_STORE }}
store=$(with_settings 'printf %s "$TFCACHE_STORE"' 2>/dev/null) || store=''
if [ -n "${GITHUB_ENV:-}" ] && [ -d "$store" ]; then
  printf 'TFCACHE_STORE=%s\n' "$store" >>"$GITHUB_ENV"
fi
exit 0
