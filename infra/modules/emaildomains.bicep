// The domains that mail can come from: the Azure-managed one always, one's own beside it.
param name string
param tags object
param emailDomain string

// Fixed at creation: where mail is processed and kept.
var dataLocation = 'Europe'

resource emailService 'Microsoft.Communication/emailServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource managedDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' = {
  parent: emailService
  name: 'AzureManagedDomain' // the name that an Azure-managed domain must have
  location: 'global'
  tags: tags
  properties: {
    domainManagement: 'AzureManaged'
    userEngagementTracking: 'Disabled' // who opened what is nobody's business by default
  }
}

// Once only: writing a verified domain again has been seen to reset its verification, and mail would stop.
@onlyIfNotExists()
resource ownDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' = if (!empty(emailDomain)) {
  parent: emailService
  name: empty(emailDomain) ? 'none.invalid' : emailDomain // checked even where there is none to be made
  location: 'global'
  tags: tags
  properties: {
    domainManagement: 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

output emailServiceName string = emailService.name
output emailServiceId string = emailService.id
output dataLocation string = dataLocation
