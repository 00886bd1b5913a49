#!/bin/sh
# Warms the store from cron: silent when all is well, so that cron's mail is news.
set -eu

set -a
# shellcheck source=/dev/null
. "${1:-/etc/tfcache/warm-store.env}"
set +a

# Machines that all begin at the same minute are no guests that a mirror likes: each waits a while of its own.
spread=${SPREAD_SECONDS:-1800}
if [ "$spread" -gt 0 ]; then
  sleep "$(($(od -An -N2 -tu2 /dev/urandom) % spread))"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# One at a time: a slow night must not pile up. 75 (sysexits.h, EX_TEMPFAIL): another one still runs.
mkdir -p "$TFCACHE_STORE"
flock --nonblock --conflict-exit-code 75 "$TFCACHE_STORE" \
  "${WARM_STORE:-/opt/tfcache/deploy/warm-store.sh}" >"$log" 2>&1 || status=$?
if [ "$status" -ne 0 ] && [ "$status" -ne 75 ]; then
  cat "$log" >&2
  echo "tfcache: exit code $status" >&2
  exit "$status"
fi
