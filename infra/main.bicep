// The whole site, in a resource group of its own. `azd provision` deploys it, and so does
//   az deployment sub create --location <region> --template-file infra/main.bicep \
//     --parameters environmentName=<name> location=<region> alertEmail=<address>
// Whoever deploys must be Owner (or Contributor and User Access Administrator) of the subscription: roles and locks are made.
// Needs Bicep 0.38 for @onlyIfNotExists(): `az bicep upgrade`.
//
// Deploying twice changes nothing: no name, date or key depends on when it is done.
targetScope = 'subscription'

// ---- What and where ----

@description('Names this site: its resource group is rg-<name>, and all other names are derived from it, 3 to 24 characters long whatever it is. 2 to 20 characters; too long: choose a shorter one with "azd env new". Another name is another site.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('Where the site runs: a region with Flex Consumption and zones. Whether it has it for you today: az functionapp list-flexconsumption-locations --query "[?name==\'swedencentral\']"')
@allowed([
  'swedencentral'
  'northeurope'
  'westeurope'
  'germanywestcentral'
  'francecentral'
  'italynorth'
  'spaincentral'
  'norwayeast'
  'uksouth'
  'australiaeast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'japaneast'
  'koreacentral'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'uaenorth'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Who is told of troubles and of costs: an e-mail address, or several separated by commas.')
@minLength(6)
param alertEmail string

@description('The object id of the user or group that may read and set secrets: az ad signed-in-user show --query id -o tsv. Empty: nobody may, not even the owner of the subscription.')
param operatorId string = ''

// ---- The site ----

@description('The site\'s name, in its pages and as the sender of its mail.')
@minLength(1)
@maxLength(60)
param siteName string = 'Citizen Focus'

@description('The own domain, such as webinars.example.org, reached through Front Door, which costs a fixed amount a month. Empty: the site is at the app\'s own name. In two steps: deploy with siteDomain; add the records of the output SITE_DNS_RECORDS to its DNS; when "az afd custom-domain show --profile-name <FRONT_DOOR_NAME> --custom-domain-name webinars-example-org -g <AZURE_RESOURCE_GROUP> --query domainValidationState" says Approved and https://webinars.example.org/health/live answers, deploy with siteDomainIsReady.')
@maxLength(64)
param siteDomain string = ''

@description('The own domain leads to the site: links are made with it, and the app takes requests from this Front Door only. See siteDomain.')
param siteDomainIsReady bool = false

// ---- Mail ----

@description('Who sends, the first to be asked in front: acs is Azure Communication Services. With sendgrid, set its key after the deployment: az keyvault secret set --vault-name <KEY_VAULT_NAME> --name sendgrid-api-key --value <key>')
@allowed(['acs', 'acs,sendgrid', 'sendgrid,acs', 'sendgrid'])
param emailProviders string = 'acs'

@description('The own domain that mail comes from, such as example.org. Empty: an Azure-managed one, which may send 10 e-mails an hour. In three steps: deploy with emailDomain; add the records of the output EMAIL_DNS_RECORDS to its DNS and run "az communication email domain initiate-verification --domain-name example.org --email-service-name <EMAIL_SERVICE_NAME> -g <AZURE_RESOURCE_GROUP> --verification-type Domain", likewise with SPF, DKIM and DKIM2; when "az communication email domain show" with the same names and --query verificationStates says Verified four times, deploy with emailDomainIsVerified. Until then mail comes from the Azure-managed one.')
param emailDomain string = ''

@description('The own domain is verified: mail comes from it. A deployment that says so too early fails with the remedy. See emailDomain.')
param emailDomainIsVerified bool = false

@description('The address that mail comes from. Empty: DoNotReply at the domain in use. Communication Services send from another name at emailDomain only after its quota was raised by a support request; SendGrid from an address that was verified there.')
param emailFrom string = ''

@description('Where answers to mail go. Empty: emailFrom, where nobody reads them.')
param emailReplyTo string = ''

@description('How many e-mails Communication Services may take in a minute. 0: the limit that a new domain has, 30, or 5 for an Azure-managed one. More once the quota was raised.')
@minValue(0)
param messagesPerMinute int = 0

@description('How many e-mails Communication Services may take in an hour. 0: the limit that a new domain has, 100, or 10 for an Azure-managed one. More once the quota was raised.')
@minValue(0)
param messagesPerHour int = 0

@description('Where SendGrid handles mail: eu needs a subuser in the European Union.')
@allowed(['global', 'eu'])
param sendGridRegion string = 'global'

@description('The verification key of SendGrid\'s signed event webhook, which posts to <SITE_URL>hooks/sendgrid. Public, not a secret. Empty: no reports are taken.')
param sendGridWebhookPublicKey string = ''

// ---- Size and cost ----

@description('Instances that always stand ready for visitors, so that none meets a cold start. Each is paid for all day.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('Instances that always stand ready to answer registrations (the function AdvanceWebinar).')
@minValue(0)
@maxValue(20)
param alwaysReadyAdvanceWebinar int = 0

@description('Instances that always stand ready to send mail (the function SendEmail).')
@minValue(0)
@maxValue(20)
param alwaysReadySendEmail int = 0

@description('How many instances there may be at once, of each kind. 40 is the least that Flex Consumption allows.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of an instance, in MB; processor and price grow with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How the state is kept: in three zones of the region, in one place (LRS, cheaper), or in a second region as well (GZRS, which not every region has). Decided once: later it is a conversion, which a deployment does not start.')
@allowed(['Standard_ZRS', 'Standard_LRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_ZRS'

@description('What a month may cost before alertEmail is warned, in the currency of the subscription. 0: no budget.')
@minValue(0)
param monthlyBudget int = 50

@description('First day of the budget, the first of a month: 2027-01-01. Empty: the month of the first deployment. Set it to the current month where the budget is added later, and keep it: Azure refuses a budget that begins in a past month, and never moves one.')
param budgetStart string = ''

@description('How much the logs may grow in a day, in GB; what is beyond is lost, and the alarm "nothing heard" goes off. -1: no limit.')
@minValue(-1)
param logQuotaGb int = 1

// ---- Safety ----

@description('Locks the storage account and the vault against deletion. To remove a site on purpose: az lock delete --ids $(az lock list -g <AZURE_RESOURCE_GROUP> --query "[].id" -o tsv). The vault\'s name stays taken for 90 days after that: a new site needs another environmentName, or the old vault back (az keyvault recover).')
param lockState bool = true

@description('Puts storage and the vault into a network of their own, with four private endpoints that cost a fixed amount a month. Then nobody reaches their data from outside it: no "az keyvault secret set", no Storage Explorer; and files are streamed through the app, as visitors\' browsers cannot be redirected to storage. Delivery reports still come in: Event Grid is a trusted service. Needs the provider: az provider register --namespace Microsoft.App')
param privateNetwork bool = false

// ---- Telemetry to somewhere else as well ----

@description('An OpenTelemetry collector that gets traces, metrics and logs, too: its URL. Empty: none.')
param otlpEndpoint string = ''

@description('How it is spoken to.')
@allowed(['grpc', 'http/protobuf'])
param otlpProtocol string = 'http/protobuf'

@description('It wants headers, such as an API key. Set them after the deployment: az keyvault secret set --vault-name <KEY_VAULT_NAME> --name otlp-headers --value name=value')
param otlpHasHeaders bool = false

// ---- Everything else ----

@description('Further app settings by the names of the README\'s table, such as { Commitments__FeedUrls: \'https://example.org/feed\' }; texts all of them. They win over those above. No secrets: whoever can read the deployment can read them.')
param furtherSettings { *: string } = {}

// ---- What does not fit together is said before anything is made ----

var withAcs = contains(emailProviders, 'acs')
var withSendGrid = contains(emailProviders, 'sendgrid')

var problems = filter(
  [
    {
      is: !contains(alertEmail, '@')
      remedy: 'alertEmail is no e-mail address: set it to one, or to several separated by commas.'
    }
    {
      is: !empty(emailDomain) && (contains(emailDomain, '@') || contains(emailDomain, '/') || !contains(emailDomain, '.'))
      remedy: 'emailDomain is no domain name: set it to one such as example.org, or leave it out.'
    }
    {
      is: empty(emailDomain) && emailDomainIsVerified
      remedy: 'emailDomainIsVerified without emailDomain: set emailDomain too, or leave out both.'
    }
    {
      is: !empty(siteDomain) && (contains(siteDomain, '/') || contains(siteDomain, ':') || !contains(siteDomain, '.'))
      remedy: 'siteDomain is no host name: set it to one such as webinars.example.org, without https://, or leave it out.'
    }
    {
      is: empty(siteDomain) && siteDomainIsReady
      remedy: 'siteDomainIsReady without siteDomain: set siteDomain too, or leave out both.'
    }
    {
      is: !empty(emailFrom) && !contains(emailFrom, '@')
      remedy: 'emailFrom is no e-mail address: set it to one such as webinars@example.org, or leave it out.'
    }
    {
      is: withAcs && !empty(emailFrom) && !(emailDomainIsVerified && endsWith(toLower(emailFrom), toLower('@${emailDomain}')))
      remedy: 'Communication Services send only from emailDomain, and only once it is verified: leave out emailFrom until emailDomainIsVerified, choose an address of that domain, or set emailProviders to sendgrid.'
    }
    {
      is: withSendGrid && empty(emailFrom) && !emailDomainIsVerified
      remedy: 'SendGrid does not send from an Azure-managed domain: set emailFrom to an address that was verified there, and with acs beside it emailDomain and emailDomainIsVerified as well.'
    }
    {
      is: otlpHasHeaders && empty(otlpEndpoint)
      remedy: 'otlpHasHeaders without otlpEndpoint: set otlpEndpoint too, or leave out both.'
    }
    {
      is: !empty(budgetStart) && !endsWith(budgetStart, '-01')
      remedy: 'budgetStart is not the first of a month: set it to one such as 2027-01-01, or leave it out.'
    }
  ],
  problem => problem.is
)
var checkedName = empty(problems) ? environmentName : fail(join(map(problems, problem => problem.remedy), ' '))

// Short and of lower-case letters and digits only, so that a name made with it fits a storage account and a vault.
var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

// What the app calls itself in telemetry, by which its lines are told from the host's.
var serviceName = 'citizen-focus'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${checkedName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    dailyQuotaGb: logQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    redundancy: storageRedundancy
    privateNetwork: privateNetwork
    lockState: lockState
  }
}

module storageAccess 'modules/storageaccess.bicep' = {
  name: 'storage-access'
  scope: group
  params: {
    accountName: storage.outputs.name
    queueNames: storage.outputs.queueNames
    tableNames: storage.outputs.tableNames
    principalId: identity.outputs.principalId
  }
}

module keys 'modules/keys.bicep' = {
  name: 'keys'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    operatorId: operatorId
    usesSendGrid: withSendGrid
    otlpHasHeaders: otlpHasHeaders
    privateNetwork: privateNetwork
    lockState: lockState
  }
}

module emailDomains 'modules/emaildomains.bicep' = {
  name: 'email-domains'
  scope: group
  params: {
    name: 'email-${token}'
    tags: tags
    emailDomain: emailDomain
  }
}

module communication 'modules/communication.bicep' = {
  name: 'communication'
  scope: group
  params: {
    name: 'acs-${token}'
    tags: tags
    principalId: identity.outputs.principalId
    emailServiceName: emailDomains.outputs.emailServiceName
    dataLocation: emailDomains.outputs.dataLocation
    emailDomain: emailDomain
    emailDomainIsVerified: emailDomainIsVerified
    emailFrom: emailFrom
    senderName: siteName
  }
}

module events 'modules/events.bicep' = {
  name: 'events'
  scope: group
  params: {
    name: 'evgt-${token}'
    tags: tags
    communicationServiceId: communication.outputs.id
    storageAccountName: storage.outputs.name
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    storageAccountId: storage.outputs.id
    storageAccountName: storage.outputs.name
    keyVaultId: keys.outputs.id
    keyVaultName: keys.outputs.name
  }
}

module frontDoor 'modules/frontdoor.bicep' = if (!empty(siteDomain)) {
  name: 'front-door'
  scope: group
  params: {
    name: 'afd-${token}'
    tags: tags
  }
}

module functionApp 'modules/functionapp.bicep' = {
  name: 'function-app'
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    blobEndpoint: storage.outputs.blobEndpoint
    keyVaultUri: keys.outputs.uri
    insightsConnectionString: monitoring.outputs.connectionString
    communicationEndpoint: communication.outputs.endpoint
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    frontDoorId: siteDomainIsReady ? frontDoor!.outputs.id : ''
    siteBaseUrl: siteDomainIsReady ? 'https://${siteDomain}/' : ''
    siteName: siteName
    serviceName: serviceName
    emailProviders: emailProviders
    emailFrom: communication.outputs.from
    emailReplyTo: emailReplyTo
    messagesPerMinute: messagesPerMinute > 0 ? messagesPerMinute : emailDomainIsVerified ? 30 : 5
    messagesPerHour: messagesPerHour > 0 ? messagesPerHour : emailDomainIsVerified ? 100 : 10
    sendGridBaseUrl: sendGridRegion == 'eu' ? 'https://api.eu.sendgrid.com' : 'https://api.sendgrid.com'
    sendGridWebhookPublicKey: sendGridWebhookPublicKey
    otlpEndpoint: otlpEndpoint
    otlpProtocol: otlpProtocol
    otlpHasHeaders: otlpHasHeaders
    libraryDelivery: privateNetwork ? 'stream' : 'redirect'
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyAdvanceWebinar: alwaysReadyAdvanceWebinar
    alwaysReadySendEmail: alwaysReadySendEmail
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
    furtherSettings: furtherSettings
  }
  dependsOn: [storageAccess] // an app that starts without its roles does not come up
}

module edge 'modules/edge.bicep' = if (!empty(siteDomain)) {
  name: 'edge'
  scope: group
  params: {
    frontDoorName: frontDoor!.outputs.name
    endpointName: 'site-${token}'
    tags: tags
    siteDomain: siteDomain
    appHostName: functionApp.outputs.hostName
  }
}

var siteUrl = siteDomainIsReady ? 'https://${siteDomain}/' : functionApp.outputs.url

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    serviceName: serviceName
    alertEmail: alertEmail
  }
}

module availability 'modules/availability.bicep' = {
  name: 'availability'
  scope: group
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    siteUrl: siteUrl
    actionGroupId: alerts.outputs.actionGroupId
  }
}

module domainWatch 'modules/domainwatch.bicep' = if (emailDomainIsVerified) {
  name: 'domain-watch'
  scope: group
  params: {
    location: location
    tags: tags
    identityName: 'id-domainwatch-${token}'
    workspaceName: monitoring.outputs.workspaceName
    emailServiceName: emailDomains.outputs.emailServiceName
    emailDomain: emailDomain
    actionGroupId: alerts.outputs.actionGroupId
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: tags
    siteName: siteName
    workspaceId: monitoring.outputs.workspaceId
    serviceName: serviceName
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  scope: group
  params: {
    amount: monthlyBudget
    startDate: empty(budgetStart) ? monitoring.outputs.firstMonth : budgetStart
    alertEmail: alertEmail
  }
}

// ---- What the next step needs: azd keeps these in its environment ----

output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = functionApp.outputs.name
output SITE_URL string = siteUrl
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output KEY_VAULT_NAME string = keys.outputs.name
output EMAIL_SERVICE_NAME string = emailDomains.outputs.emailServiceName
output EMAIL_FROM string = communication.outputs.from
output EMAIL_DNS_RECORDS array = communication.outputs.dnsRecords
output FRONT_DOOR_NAME string = empty(siteDomain) ? '' : frontDoor!.outputs.name
output SITE_DNS_RECORDS array = empty(siteDomain) ? [] : edge!.outputs.dnsRecords
output WORKBOOK_ID string = workbook.outputs.id
