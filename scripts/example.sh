#!/usr/bin/env bash
# Builds webkit, generates the tree of an example project and shows it.
# The example is golden/projects/all-leaves unless another golden project is named.
set -euo pipefail
cd "$(dirname "$0")/.."

example=${1:-all-leaves}
input="golden/projects/$example/input"
if [ ! -f "$input/app.json" ]; then
  echo "there is no golden project \`$example\`; there are: $(ls golden/projects | tr '\n' ' ')" >&2
  exit 64
fi

if ! command -v swift >/dev/null; then
  echo "Swift 6.2 or later is needed: https://www.swift.org/install" >&2
  exit 1
fi
echo "Building webkit ..." >&2
swift build --product webkit --quiet
webkit="$(swift build --show-bin-path)/webkit"

project=".build/example/$example"
rm -rf "$project"
mkdir -p "$project"
cp -R "$input/." "$project/"

echo
echo "\$ cd $project && webkit update"
(cd "$project" && "$webkit" update)
echo
echo "\$ cat infra/main.tf"
cat "$project/infra/main.tf"
echo
echo "\$ cat infra/project.auto.tfvars.json | head -40"
head -40 "$project/infra/project.auto.tfvars.json"
echo
echo "The whole tree is in $project/infra; its README.md says how to apply it."
