#!/usr/bin/env bash
# Checks the manifests of ops/k8s: fields and their types, by the published types of Kubernetes and KEDA (npm; Node 20 or
# newer), and that a misspelt field would be found; where there is kubectl, also that kustomize can put them together.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

./packages.sh . kubernetes-models
types=$(mktemp -d "$PWD/node_modules/.kubernetes.XXXXXX")
trap 'rm -rf "$types"' EXIT

compile() {
  node node_modules/typescript/bin/tsc --ignoreConfig --noEmit --strict --skipLibCheck --target es2022 \
    --module nodenext "$1"
}

node kubernetes.mjs ../k8s/worker.yaml ../k8s/keda.yaml >"$types/manifests.mts"
compile "$types/manifests.mts"
sed 's/"containerPort"/"containerport"/' "$types/manifests.mts" >"$types/misspelt.mts"
! compile "$types/misspelt.mts" >/dev/null || { echo "a misspelt field was not found" >&2; exit 1; }
echo "$(grep -c '^export' "$types/manifests.mts") manifests have the fields their kinds have"

if command -v kubectl >/dev/null; then
  kubectl kustomize ../k8s >/dev/null
else
  echo "no kubectl here: kustomize was not asked"
fi
