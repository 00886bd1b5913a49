#!/usr/bin/env bash
# Makes a small mirror, with the same bytes and times in every job, and starts a daemon for it on a free port of 127.0.0.1.
# Prints the mirror's URL, and sets it as the step's output "url".
# Usage: start-mirror.sh FOLDER [FIRST_PORT [PORTS_TO_TRY]]
set -euo pipefail
root=$1
first_port=${2:-8730}
ports_to_try=${3:-20}
command -v rsync >/dev/null || { sudo apt-get update && sudo apt-get install -y rsync; }

bucket=$root/tensorflow
mkdir -p "$bucket/models/small" "$bucket/linux/cpu"
for number in 1 2 3 4 5; do
  head -c 1000000 /dev/zero | openssl enc -aes-128-ctr -nosalt -K 00 -iv "0$number" \
    >"$bucket/models/small/part-$number.bin" 2>/dev/null
done
printf 'a file whose name needs care\n' >"$bucket/models/small/-r  # \"quoted\" 模型.txt"
printf 'not a real wheel\n' >"$bucket/linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl"
find "$bucket" -type f -exec touch -d '2024-01-02 03:04:05 UTC' {} +

# The answer on a port is this daemon's only if it has this comment.
token="self-test $$ $RANDOM$RANDOM"
cat >"$root/rsyncd.conf" <<CONFIGURATION
use chroot = no
read only = yes
pid file = $root/rsyncd.pid
log file = $root/rsyncd.log
transfer logging = yes
log format = %o %f %l
[tensorflow]
path = $bucket
comment = $token
CONFIGURATION

is_ours() {
  timeout 5 rsync --contimeout=3 --timeout=3 "rsync://127.0.0.1:$1/" 2>/dev/null | grep -qF "$token"
}

# rsync says nothing when it cannot bind: it has detached by then. It logs that, and ends.
start_on() {
  : >"$root/rsyncd.log"
  rsync --daemon --config="$root/rsyncd.conf" --address=127.0.0.1 --port="$1" || return 1
  for _ in {1..50}; do
    sleep 0.1
    if grep -q 'unable to bind' "$root/rsyncd.log"; then return 1; fi
    if is_ours "$1"; then return 0; fi
  done
  return 1
}

if [[ -e $root/rsyncd.pid ]]; then
  printf 'start-mirror: a daemon of %s runs already (rsyncd.pid)\n' "$root" >&2
  exit 1
fi
for ((port = first_port; port < first_port + ports_to_try; port += 1)); do
  if start_on "$port"; then
    url="rsync://127.0.0.1:$port/{bucket}/"
    printf '%s\n' "$url"
    if [[ -n ${GITHUB_OUTPUT:-} ]]; then printf 'url=%s\n' "$url" >>"$GITHUB_OUTPUT"; fi
    exit 0
  fi
  rm -f "$root/rsyncd.pid"
done
printf 'start-mirror: no free port from %s to %s; the log of the last try:\n' "$first_port" "$((port - 1))" >&2
cat "$root/rsyncd.log" >&2
exit 1
