#!/usr/bin/env bash
# Deploys infra/ and tells what it made: infrastructure.sh deploy parameters.json | outputs
# Both put main.bicep's outputs into the environment of the job's later steps.
set -euo pipefail

: "${AZURE_ENV_NAME:?a variable of the pipeline}" "${AZURE_LOCATION:?a variable of the pipeline}"
name=$AZURE_ENV_NAME
made=$(mktemp)

case $1 in
  deploy)
    az deployment sub create --name "$name" --location "$AZURE_LOCATION" --template-file infra/main.bicep --parameters "$2" \
      --no-prompt true --query properties.outputs --output json >"$made" || {
      echo '::error title=Infrastructure::Azure did not make it all; the message above says what and why. The package is as before; deploying again goes on from here.'
      exit 1
    }
    ;;
  outputs)
    az deployment sub show --name "$name" --query properties.outputs --output json >"$made" || {
      printf '::error title=Infrastructure::There was no deployment %s yet: deploy first.\n' "$name"
      exit 1
    }
    ;;
  *)
    echo 'infrastructure.sh deploy parameters.json | outputs' >&2
    exit 2
    ;;
esac

# Azure Resource Manager may change the case of their names (azurE_RESOURCE_GROUP).
lines=$(jq -r 'to_entries[] | "\(.key | ascii_upcase)=\(.value.value | if type == "string" then gsub("\\s+"; " ") else tojson end)"' "$made")
printf '%s\n' "$lines"
printf '%s\n' "$lines" >>"${GITHUB_ENV:-/dev/null}"
printf '%s\n' "$lines" >>"${GITHUB_OUTPUT:-/dev/null}"
for needed in AZURE_RESOURCE_GROUP FUNCTION_APP_NAME SITE_URL; do
  grep -q "^$needed=." <<<"$lines" || {
    printf '::error title=Infrastructure::infra/main.bicep gives no output %s, which the next steps need.\n' "$needed"
    exit 1
  }
done
