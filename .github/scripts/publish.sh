#!/usr/bin/env bash
# Publishes the app and packs it, for azd; in the pipeline .ci/run publishes, and tests what it published.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rm -rf publish
dotnet publish functions/CitizenFocus.Functions -c Release -o publish
bash .github/scripts/package.sh publish artifacts/package.zip
