#!/usr/bin/env bash
# Builds deploy/Containerfile, pushes it as IMAGE:X.Y.Z and IMAGE:latest, and writes `digest` to GITHUB_OUTPUT.
# Variables: IMAGE, TAG (vX.Y.Z), REGISTRY_USER, REGISTRY_TOKEN.
set -euo pipefail
image=${IMAGE,,} # registries take lower case only
version=${TAG#v}

node deploy/make-root.mjs build/container/root
docker build --file deploy/Containerfile --tag "$image:$version" build/container
docker run --rm "$image:$version" --version

printf '%s' "$REGISTRY_TOKEN" | docker login "${image%%/*}" --username "$REGISTRY_USER" --password-stdin
docker push "$image:$version"
docker tag "$image:$version" "$image:latest"
docker push "$image:latest"
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$image:$version")
echo "digest=${digest#*@}" >>"$GITHUB_OUTPUT"
