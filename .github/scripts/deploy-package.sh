#!/usr/bin/env bash
# Gives the app a package: deploy-package.sh package.zip (FUNCTION_APP_NAME, AZURE_RESOURCE_GROUP in the environment)
set -euo pipefail

zip=$1
: "${FUNCTION_APP_NAME:?of the outputs of infra/main.bicep}" "${AZURE_RESOURCE_GROUP:?of the outputs of infra/main.bicep}"
tries=${DEPLOY_TRIES:-5}
pause=${DEPLOY_PAUSE:-60}

# The app writes the package with its own identity, whose role on the storage account may be minutes old.
for ((try = 1; ; try++)); do
  if az functionapp deployment source config-zip --name "$FUNCTION_APP_NAME" --resource-group "$AZURE_RESOURCE_GROUP" --src "$zip" --timeout 600; then
    echo "$FUNCTION_APP_NAME has $zip."
    exit 0
  fi
  ((try < tries)) || break
  echo "Try $try of $tries failed: again in $pause s."
  sleep "$pause"
done

printf '::error title=Package::%s did not take the package in %d tries. The message above says why: 403 is a missing role (the pipeline: Website Contributor; the app: Storage Blob Data Owner), 409 another deployment under way.\n' "$FUNCTION_APP_NAME" "$tries"
exit 1
