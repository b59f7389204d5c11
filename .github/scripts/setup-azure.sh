#!/usr/bin/env bash
# Sets up what deploy.yml needs, once; safe to run again: setup-azure.sh REGION ALERT-EMAIL
# For somebody who owns the subscription (az login) and administers the repository (gh auth login). It makes, in the
# resource group 'citizen-focus-pipeline':
#   citizen-focus-plan     reads, and asks what would change; trusted in runs of the branch main
#   citizen-focus-deploy   deploys infra/ and packages; trusted in the environment 'production' only
#   a storage account      with the packages to roll back to
# and at GitHub that environment (say there who approves) and the variables. No secret is made.
set -euo pipefail
shopt -s inherit_errexit

if (($# != 2)); then
  echo 'setup-azure.sh REGION ALERT-EMAIL, such as: setup-azure.sh northeurope team@example.org' >&2
  exit 2
fi
region=$1 alert_email=$2
group=citizen-focus-pipeline
subscription=$(az account show --query id --output tsv)
tenant=$(az account show --query tenantId --output tsv)
repository=$(gh repo view --json nameWithOwner --jq .nameWithOwner)
issuer=https://token.actions.githubusercontent.com

az group create --name "$group" --location "$region" --output none

# custom_role NAME DESCRIPTION ACTION...: a right that no built-in role gives alone.
custom_role() {
  local name=$1 description=$2 actions
  shift 2
  [[ -z $(az role definition list --name "$name" --query '[].roleName' --output tsv) ]] || return 0
  actions=$(printf '"%s",' "$@")
  az role definition create --output none --role-definition \
    "{\"Name\": \"$name\", \"Description\": \"$description\", \"AssignableScopes\": [\"/subscriptions/$subscription\"], \"Actions\": [${actions%,}]}"
  # Until it is known everywhere, nobody can be given it.
  sleep "${SETUP_PAUSE:-60}"
}

custom_role 'Citizen Focus what-if' 'Asks what a deployment would change.' \
  Microsoft.Resources/deployments/read Microsoft.Resources/deployments/whatIf/action Microsoft.Resources/deployments/validate/action
custom_role 'Citizen Focus locks' 'Keeps state from being deleted.' 'Microsoft.Authorization/locks/*'

# identity NAME SUBJECT ROLE...: prints its client id.
identity() {
  local name=$1 subject=$2 principal assigned
  shift 2
  az identity create --name "$name" --resource-group "$group" --location "$region" --output none
  az identity federated-credential create --name github --identity-name "$name" --resource-group "$group" \
    --issuer "$issuer" --subject "repo:$repository:$subject" --audiences api://AzureADTokenExchange --output none
  principal=$(az identity show --name "$name" --resource-group "$group" --query principalId --output tsv)
  for assigned in "$@"; do
    az role assignment create --role "$assigned" --scope "/subscriptions/$subscription" \
      --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --output none
  done
  az identity show --name "$name" --resource-group "$group" --query clientId --output tsv
}

plan=$(identity citizen-focus-plan ref:refs/heads/main Reader 'Citizen Focus what-if')
# Contributor may neither give the app its roles nor lock what must not be deleted.
deploy=$(identity citizen-focus-deploy environment:production Contributor 'Role Based Access Control Administrator' 'Citizen Focus locks')

# Its name is the world's, so it is made from the subscription's. The pipeline may write there, and to no other data.
packages=cfpackages$(printf %s "$subscription" | sha256sum | cut -c 1-12)
az storage account create --name "$packages" --resource-group "$group" --location "$region" --sku Standard_LRS --kind StorageV2 \
  --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access false --output none
az storage container-rm create --name packages --storage-account "$packages" --resource-group "$group" --output none
az role assignment create --role 'Storage Blob Data Contributor' --assignee-principal-type ServicePrincipal --output none \
  --assignee-object-id "$(az identity show --name citizen-focus-deploy --resource-group "$group" --query principalId --output tsv)" \
  --scope "/subscriptions/$subscription/resourceGroups/$group/providers/Microsoft.Storage/storageAccounts/$packages"

# Only the branch main gets into the environment, whoever starts the workflow.
gh api --method PUT "repos/$repository/environments/production" --silent \
  -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'
gh api --method POST "repos/$repository/environments/production/deployment-branch-policies" --silent -f name=main || true

gh variable set AZURE_SUBSCRIPTION_ID --body "$subscription"
gh variable set AZURE_TENANT_ID --body "$tenant"
gh variable set AZURE_PLAN_CLIENT_ID --body "$plan"
# In the environment alone, so that no other job even knows it.
gh variable set AZURE_CLIENT_ID --env production --body "$deploy"
gh variable set PACKAGES_ACCOUNT_NAME --body "$packages"
gh variable set AZURE_ENV_NAME --body citizen-focus
gh variable set AZURE_LOCATION --body "$region"
gh variable set ALERT_EMAIL --body "$alert_email"

cat <<TEXT

Done. Now say who approves: https://github.com/$repository/settings/environments
Then push to main, or: gh workflow run deploy.yml
TEXT
