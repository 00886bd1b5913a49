#!/usr/bin/env bash
# check.sh vX.Y.Z: fails unless HEAD is on origin/main and the tag is the version of package.json.
set -euo pipefail
tag=$1

if ! git merge-base --is-ancestor HEAD origin/main; then
  echo "::error::$tag is not on main: releases are made of commits on main alone. Merge it, then tag the merged commit."
  exit 1
fi
version=$(node -p 'require("./package.json").version')
if [ "$tag" != "v$version" ]; then
  echo "::error::The tag is $tag, package.json says $version. Set the version, merge it, and tag that commit."
  exit 1
fi
