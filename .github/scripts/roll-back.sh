#!/usr/bin/env bash
# Brings the last good package back after a deployment that failed: roll-back.sh COMMIT-THAT-FAILED SITE
# The infrastructure stays as it is now: what infra/ changes has to serve the release before as well (expand first,
# contract a release later), and so has what the app writes.
set -euo pipefail

failed=$1 site=$2
scripts=$(dirname "${BASH_SOURCE[0]}")

say() {
  printf '%s\n' "$1"
  printf '%s\n\n' "${1/#::error title=Roll back::/}" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

last=$("$scripts/packages.sh" last)
if [[ -z $last ]]; then
  say '::error title=Roll back::There is no earlier package: this was the first deployment. The site stays as it is; the smoke test above says what it lacks.'
  exit 1
fi
if [[ $last == "$failed" ]]; then
  say "::error title=Roll back::$failed was good before, so the package is not at fault: look at what changed around it (infra/, app settings, secrets, DNS), then run the job again."
  exit 1
fi

zip=$(mktemp -d)/package.zip
"$scripts/packages.sh" fetch "$last" "$zip"
"$scripts/deploy-package.sh" "$zip"
if EXPECTED_VERSION=$last node "$scripts/smoke.mjs" "$site"; then
  say "Rolled back: $site serves $last again, not $failed."
else
  say "::error title=Roll back::$last does not get well either: the site is down. Neither package is at fault then; see the smoke test above."
  exit 1
fi
