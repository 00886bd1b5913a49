#!/usr/bin/env bash
# Holds the destination to the mirror, and the first job (cold) or the second (warm) to what it promises.
set -euo pipefail
root=$1
diff -r --exclude='@*' "$root/tensorflow" tensorflow-artifacts
sent=$(grep -c '\] send ' "$root/rsyncd.log" || true)
echo "job $JOB: files=$FILES cache-hit=$CACHE_HIT, the mirror sent $sent files"
case $JOB in
  cold) [[ $CACHE_HIT == false && $sent == 7 && $FILES == 7 ]] ;;
  warm) [[ $CACHE_HIT == true && $sent == 0 && $FILES == 7 ]] ;;
  *) exit 1 ;;
esac
