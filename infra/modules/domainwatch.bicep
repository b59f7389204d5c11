// Whether the own e-mail domain is still verified: a record that vanished from its DNS is found out by Communication Services
// and told to nobody. Asked of Azure Resource Graph, hence with an identity that may read that and the workspace that asks.
param location string
param tags object
param identityName string
param workspaceName string
param emailServiceName string
param emailDomain string
param actionGroupId string

var reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource emailService 'Microsoft.Communication/emailServices@2025-09-01' existing = {
  name: emailServiceName
}

resource domain 'Microsoft.Communication/emailServices/domains@2025-09-01' existing = {
  parent: emailService
  name: emailDomain
}

resource watcher 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: identityName
  location: location
  tags: tags
}

resource readsDomain 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(domain.id, watcher.id, reader)
  scope: domain
  properties: {
    principalId: watcher.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
  }
}

resource readsWorkspace 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(workspace.id, watcher.id, reader)
  scope: workspace
  properties: {
    principalId: watcher.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
  }
}

resource unverified 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'domain-unverified'
  location: location
  tags: tags
  kind: 'LogAlert'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${watcher.id}': {} }
  }
  properties: {
    displayName: 'domain unverified'
    description: '${emailDomain} has lost its verification, and Communication Services will refuse its mail. Hold its DNS against the output EMAIL_DNS_RECORDS, then verify it again.'
    severity: 1
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT1H'
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: join(
            [
              'arg("").resources'
              '| where type =~ "microsoft.communication/emailservices/domains" and id =~ "${domain.id}"'
              '| extend states = properties.verificationStates'
              '| where tostring(states.Domain.status) != "Verified" or tostring(states.SPF.status) != "Verified"'
              '    or tostring(states.DKIM.status) != "Verified" or tostring(states.DKIM2.status) != "Verified"'
              '| project id'
            ],
            '\n'
          )
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    skipQueryValidation: true
    actions: { actionGroups: [actionGroupId] }
  }
  dependsOn: [readsDomain, readsWorkspace]
}
