#!/usr/bin/env bash
# Packages that passed the smoke test, to roll back to: packages.sh keep COMMIT zip | last | fetch COMMIT zip
# They lie in a storage account of the pipeline's own, which setup-azure.sh makes. GitHub deletes artifacts after 90 days,
# and the one that is needed may be older; a release would need the right to write to the repository; and the app's own
# account holds people's data, which are no business of the pipeline. 'last-good' names the package that is served.
set -euo pipefail

: "${PACKAGES_ACCOUNT_NAME:?a variable of the repository, set by setup-azure.sh}"
container=packages

blob() {
  az storage blob "$@" --account-name "$PACKAGES_ACCOUNT_NAME" --container-name "$container" --auth-mode login --only-show-errors
}

exists() {
  local answer
  # A storage account that cannot be asked is no answer of 'no'.
  answer=$(blob exists --name "$1" --query exists --output tsv) || {
    printf '::error title=Packages::The packages in %s cannot be reached: the pipeline needs Storage Blob Data Contributor there.\n' "$PACKAGES_ACCOUNT_NAME" >&2
    exit 1
  }
  [[ $answer == true ]]
}

keep() {
  local pointer
  blob upload --name "$1.zip" --file "$2" --overwrite --no-progress --output none
  # Only now: a pointer to nothing would be worse than one to an older package.
  pointer=$(mktemp)
  printf '%s\n' "$1" >"$pointer"
  blob upload --name last-good --file "$pointer" --overwrite --no-progress --output none
  rm "$pointer"
  echo "Kept as the last good package: $1"
}

last() {
  local pointer
  exists last-good || return 0
  pointer=$(mktemp)
  blob download --name last-good --file "$pointer" --overwrite --no-progress --output none
  cat "$pointer"
  rm "$pointer"
}

fetch() {
  if ! [[ $1 =~ ^[0-9a-f]{40}$ ]] || ! exists "$1.zip"; then
    printf '::error title=Packages::No package of %q is kept: name a whole commit of 40 digits whose deployment passed its smoke test (az storage blob list --account-name %s --container-name %s --auth-mode login --query "[].name").\n' "$1" "$PACKAGES_ACCOUNT_NAME" "$container"
    exit 1
  fi
  blob download --name "$1.zip" --file "$2" --no-progress --output none
}

"$@"
