// The state: one account for all of it, with the deployed package beside it. A second account would add a second set of roles,
// endpoints and alarms, and protect nothing: who can replace the package can read the state.
param name string
param location string
param tags object
param redundancy string
param privateNetwork bool
param lockState bool

// A test reads these three lists: one name a line.
var tables = [
  'Webinars'
  'Registrations'
  'Deliveries'
  'DeliveryEvents'
  'Operations'
  'Quotas'
  'Invitations'
  'Series'
  'Followers'
  'Suppressions'
  'SurveyAnswers'
  'Documents'
  'Downloads'
  'Commitments'
  'News'
  'DigestIssues'
  'Subscribers'
]
var queues = [
  'webinars'
  'invitations'
  'emails'
  'digests'
  'delivery-reports'
]
var containers = [
  'documents'
  'imports'
  'app-package'
  'dead-letters'
]

// The host moves a message here that has failed too often. It would make the queue itself, but only then.
var allQueues = concat(queues, map(queues, queue => '${queue}-poison'))

// A point in time can be restored only while what was deleted since is still kept, so the one is less than the other.
var restoreDays = 7
var keptDays = 14

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // With a private network no public address gets in: there is no rule that lets one. 'Disabled' would say the same, but
    // the exception for trusted services, by which Event Grid delivers, is documented for a firewall, not for 'Disabled'.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: keptDays }
    containerDeleteRetentionPolicy: { enabled: true, days: keptDays }
    isVersioningEnabled: true
    changeFeed: { enabled: true, retentionInDays: keptDays }
    restorePolicy: { enabled: true, days: restoreDays }
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for container in containers: {
    parent: blobService
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource storageQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for queue in allQueues: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource storageTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-06-01' = [
  for table in tables: {
    parent: tableService
    name: table
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          // Uploaded lists hold addresses. Deleting a blob leaves its versions, so these go too; what is left is in soft delete.
          name: 'imports'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['imports/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } }
              version: { delete: { daysAfterCreationGreaterThan: 30 } }
            }
          }
        }
        {
          // Delivery reports that Event Grid could not deliver. They hold addresses too.
          name: 'dead-letters'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['dead-letters/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } }
              version: { delete: { daysAfterCreationGreaterThan: 30 } }
            }
          }
        }
        {
          name: 'old-versions-of-documents'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['documents/'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 90 } } }
          }
        }
        {
          // The host rewrites the state of each timer whenever it fires; nobody goes back to that.
          name: 'old-versions-of-the-host'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['app-package/', 'azure-webjobs-hosts/', 'azure-webjobs-secrets/'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: keptDays } } }
          }
        }
      ]
    }
  }
  dependsOn: [blobService] // a rule on versions is refused while there are none
}

// Tables and queues know neither soft delete nor versions: a deleted account takes every registration with it.
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (lockState) {
  name: 'keep-the-state'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the state of the site. Export it before you remove this lock.'
  }
}

output name string = account.name
output id string = account.id
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueNames array = allQueues
output tableNames array = tables
