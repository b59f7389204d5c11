#!/usr/bin/env bash
# Shows what a deployment would change, in the job's summary: what-if.sh parameters.json (AZURE_LOCATION in the environment)
set -euo pipefail

: "${AZURE_LOCATION:?a variable of the pipeline}"
report=$(mktemp)
export AZURE_CORE_NO_COLOR=true
status=0
# ProviderNoRbac: the identity that plans may read, not write.
az deployment sub what-if --location "$AZURE_LOCATION" --template-file infra/main.bicep --parameters "$1" \
  --validation-level ProviderNoRbac --no-prompt true >"$report" 2>&1 || status=$?
cat "$report"

summary=${GITHUB_STEP_SUMMARY:-/dev/null}
# GitHub takes 1 MiB a step, and no summary at all of one that is longer.
{
  printf '### What would change\n\n```text\n'
  head -c 900000 "$report"
  printf '\n```\n\n'
} >>"$summary"
if ((status != 0)); then
  printf '::error title=What-if::Azure does not take the template as it is: the message above says which parameter or resource, and why.\n'
fi
exit "$status"
