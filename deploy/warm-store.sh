#!/bin/sh
# Fills a store, so that later jobs find everything in it:
#
#   TFCACHE_STORE=/var/cache/tfcache TFCACHE_LOCK_FILE=tfcache.lock TFCACHE_MIRRORS=rsync://… warm-store.sh [REQUEST…]
#
# Any option or variable of `tfcache pull` may be given; without a request, everything in the lock is brought.
# Exit codes are tfcache's. Any number may run at once; SIGTERM ends it in good order, and the next goes on from there.
set -eu

if [ -z "${TFCACHE_STORE:-}" ]; then
  echo 'warm-store: TFCACHE_STORE is not set: name the folder of the store' >&2
  exit 2
fi
mkdir -p "$TFCACHE_STORE"

# A new destination each time: what is in place already would not be looked for in the store. In the store's own folder links
# into it cost no bytes. One that a killed run left behind is a day old at most.
find "$TFCACHE_STORE" -maxdepth 1 -type d -name 'warm.??????' -mmin +1440 -exec rm -rf {} +
destination=$(mktemp -d "$TFCACHE_STORE/warm.XXXXXX")
trap 'rm -rf "$destination"' EXIT

tfcache pull --path "$destination" --link auto "$@" &
child=$!
# The shell waits for the child also when it is the one that is asked to end: PID 1 of a container, for example.
trap 'kill -TERM "$child" 2>/dev/null || true' TERM INT HUP
status=0
wait "$child" || status=$?
while kill -0 "$child" 2>/dev/null; do
  status=0
  wait "$child" || status=$?
done
exit "$status"
