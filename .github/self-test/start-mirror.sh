#!/usr/bin/env bash
# A small mirror and a daemon that serves it on 127.0.0.1:8730. The same bytes and times in every job.
set -euo pipefail
root=$1
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

cat >"$root/rsyncd.conf" <<CONFIGURATION
use chroot = no
read only = yes
pid file = $root/rsyncd.pid
log file = $root/rsyncd.log
transfer logging = yes
log format = %o %f %l
[tensorflow]
path = $bucket
CONFIGURATION
rsync --daemon --config="$root/rsyncd.conf" --address=127.0.0.1 --port=8730
