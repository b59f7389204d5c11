// The app: a custom handler on Flex Consumption. No FUNCTIONS_WORKER_RUNTIME, FUNCTIONS_EXTENSION_VERSION or WEBSITE_*
// settings: this plan has functionAppConfig in their place and refuses some of them.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param storageAccountName string
param blobEndpoint string
param keyVaultUri string
param insightsConnectionString string
param communicationEndpoint string
param subnetId string
param frontDoorId string
param siteBaseUrl string
param siteName string
param serviceName string
param emailProviders string
param emailFrom string
param emailReplyTo string
param messagesPerMinute int
param messagesPerHour int
param sendGridBaseUrl string
param sendGridWebhookPublicKey string
param otlpEndpoint string
param otlpProtocol string
param otlpHasHeaders bool
param libraryDelivery string
param alwaysReadyHttp int
param alwaysReadyAdvanceWebinar int
param alwaysReadySendEmail int
param maximumInstances int
param instanceMemoryMB int
param furtherSettings { *: string }

var isBehindFrontDoor = !empty(frontDoorId)

// HTTP functions share their instances; every other function has some of its own.
var alwaysReady = filter(
  [
    { name: 'http', instanceCount: alwaysReadyHttp }
    { name: 'function:AdvanceWebinar', instanceCount: alwaysReadyAdvanceWebinar }
    { name: 'function:SendEmail', instanceCount: alwaysReadySendEmail }
  ],
  group => group.instanceCount > 0
)

// A deployment replaces the app settings as a whole: one that was set by hand is gone after the next. So whatever the app is
// to have stands here or in furtherSettings.
var settings = {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  OTEL_SERVICE_NAME: serviceName
  Site__BaseUrl: empty(siteBaseUrl) ? 'https://${app.properties.defaultHostName}/' : siteBaseUrl
  Site__Name: siteName
  // Front Door's X-Azure-ClientIP, like the first address in X-Forwarded-For, is what the client says of itself; the socket's
  // address is not. Without Front Door the last address in X-Forwarded-For, which the app takes, is the platform's word.
  Site__TrustedClientAddressHeader: isBehindFrontDoor ? 'X-Azure-SocketIP' : 'X-Forwarded-For'
  Keys__PersonId: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/keys-person-id)'
  Keys__Signing: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/keys-signing)'
  Api__Token: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/api-token)'
  Email__Providers: emailProviders
  Email__From: emailFrom
  Email__FromName: siteName
  Email__ReplyTo: empty(emailReplyTo) ? emailFrom : emailReplyTo
  CommunicationServices__Endpoint: communicationEndpoint
  CommunicationServices__ManagedIdentityClientId: identityClientId
  CommunicationServices__MessagesPerMinute: string(messagesPerMinute)
  CommunicationServices__MessagesPerHour: string(messagesPerHour)
  Library__Delivery: libraryDelivery
}

var sendGridSettings = contains(emailProviders, 'sendgrid')
  ? {
      SendGrid__ApiKey: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/sendgrid-api-key)'
      SendGrid__BaseUrl: sendGridBaseUrl
      SendGrid__WebhookPublicKey: sendGridWebhookPublicKey
    }
  : {}

var otlpSettings = empty(otlpEndpoint)
  ? {}
  : {
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
      OTEL_EXPORTER_OTLP_PROTOCOL: otlpProtocol
    }

var otlpHeaderSettings = otlpHasHeaders
  ? {
      OTEL_EXPORTER_OTLP_HEADERS: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/otlp-headers)'
    }
  : {}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'custom', version: '1.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}app-package'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReady
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemoryMB
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      // Nobody may walk around Front Door, and no other's Front Door in. Deployments (scm) are let in by their sign-in.
      ipSecurityRestrictionsDefaultAction: isBehindFrontDoor ? 'Deny' : 'Allow'
      ipSecurityRestrictions: isBehindFrontDoor
        ? [
            {
              name: 'front-door'
              priority: 100
              action: 'Allow'
              tag: 'ServiceTag'
              ipAddress: 'AzureFrontDoor.Backend'
              headers: { 'x-azure-fdid': [frontDoorId] }
            }
          ]
        : []
      scmIpSecurityRestrictionsUseMain: false
    }
  }

  // By themselves, since Site__BaseUrl needs the host name that the app gets only when it is made.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, sendGridSettings, otlpSettings, otlpHeaderSettings, furtherSettings)
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noDeploymentPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
output url string = 'https://${app.properties.defaultHostName}/'
