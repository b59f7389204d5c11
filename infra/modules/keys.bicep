// The vault and its secrets. Each secret is made once: @onlyIfNotExists() leaves alone what is there, so a second deployment
// neither replaces a key nor undoes what an operator has set.
//
// keys-person-id can never change: every person's id is made from it. It is not lost either:
// - A deleted secret or vault stays recoverable for 90 days, and purge protection lets nobody shorten that.
// - Meanwhile its name is taken: a deployment fails with a conflict instead of making another key. Remedy:
//   `az keyvault recover --name <vault>`, or `az keyvault secret recover --vault-name <vault> --name keys-person-id`.
// - The lock keeps the vault from being deleted by mistake, with its resource group, say.
// Against the loss of the subscription only its value helps, kept outside of Azure: a backup file opens in the same subscription.
param name string
param location string
param tags object
param principalId string
param operatorId string
param usesSendGrid bool
param otlpHasHeaders bool
param privateNetwork bool
param lockState bool

// A GUID of newGuid() has 122 random bits, three have 366: more than the 256 that HMAC-SHA256 can use. The key is the base64
// of their text, 108 bytes. Who wants one from a generator of their own sets it with `az keyvault secret set` before the
// first registration.
@secure()
param newPersonIdKey string = base64('${newGuid()}${newGuid()}${newGuid()}')

@secure()
param newSigningKeys string = 'k1:${base64('${newGuid()}${newGuid()}${newGuid()}')}'

@secure()
param newApiToken string = replace('${newGuid()}${newGuid()}', '-', '')

var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
      bypass: 'AzureServices' // a deployment writes its secrets as a trusted service
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (lockState) {
  name: 'keep-the-keys'
  scope: vault
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the permanent key of person ids. Without it nobody is recognised again.'
  }
}

@onlyIfNotExists()
resource personIdKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'keys-person-id'
  properties: { value: newPersonIdKey, contentType: 'Base64; makes person ids; never changed' }
}

@onlyIfNotExists()
resource signingKeys 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'keys-signing'
  properties: { value: newSigningKeys, contentType: 'Ring of id:base64, the first signs; add in front to rotate' }
}

@onlyIfNotExists()
resource apiToken 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'api-token'
  properties: { value: newApiToken, contentType: 'Bearer token of the organisers' }
}

// Placeholders: a parameter would leave the real value in the history of an operator's shell or in an azd environment. Set with
// az keyvault secret set --vault-name <vault> --name sendgrid-api-key --value <key>
@onlyIfNotExists()
resource sendGridKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (usesSendGrid) {
  parent: vault
  name: 'sendgrid-api-key'
  properties: { value: 'set-me', contentType: 'API key with the permission Mail Send' }
}

@onlyIfNotExists()
resource otlpHeaders 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (otlpHasHeaders) {
  parent: vault
  name: 'otlp-headers'
  properties: { value: 'authorization=set-me', contentType: 'name=value pairs, separated by commas' }
}

// The app reads these secrets and no others: one role a secret, none at the vault.
var secretsOfTheApp = concat(
  ['keys-person-id', 'keys-signing', 'api-token'],
  usesSendGrid ? ['sendgrid-api-key'] : [],
  otlpHasHeaders ? ['otlp-headers'] : []
)

module readers 'secretreader.bicep' = [
  for secret in secretsOfTheApp: {
    name: 'reader-of-${secret}'
    params: {
      vaultName: vault.name
      secretName: secret
      principalId: principalId
    }
    dependsOn: [personIdKey, signingKeys, apiToken, sendGridKey, otlpHeaders]
  }
]

// Not even the subscription's owner may read or set a secret without a role of this kind. No principalType: a user or a group.
resource operator 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  name: guid(vault.id, operatorId, secretsOfficer)
  scope: vault
  properties: {
    principalId: operatorId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

output name string = vault.name
output id string = vault.id
output uri string = vault.properties.vaultUri
