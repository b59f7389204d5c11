// The own domain: visitors, Front Door, the app.
param frontDoorName string
param endpointName string
param tags object
param siteDomain string
param appHostName string

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: frontDoorName
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' = {
  parent: profile
  name: endpointName
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

// No health probe: with a single origin its answer changes nothing, and every one of Front Door's places would ask every few
// seconds, which keeps an instance busy and paid for. /health is watched by the availability test.
resource originGroup 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = {
  parent: profile
  name: 'app'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 3
      additionalLatencyInMilliseconds: 50
    }
    sessionAffinityState: 'Disabled'
  }
}

resource origin 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = {
  parent: originGroup
  name: 'app'
  properties: {
    hostName: appHostName
    originHostHeader: appHostName // the platform knows the app by no other name
    httpPort: 80
    httpsPort: 443
    priority: 1
    weight: 1000
    enforceCertificateNameCheck: true
    enabledState: 'Enabled'
  }
}

resource domain 'Microsoft.Cdn/profiles/customDomains@2025-06-01' = {
  parent: profile
  name: replace(siteDomain, '.', '-')
  properties: {
    hostName: siteDomain
    tlsSettings: {
      certificateType: 'ManagedCertificate'
      minimumTlsVersion: 'TLS12'
    }
  }
}

// No caching: Front Door keeps for days what bears no Cache-Control, and one personal page without it would be shown to
// others. The app answers by ETag, and compresses by itself.
resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: endpoint
  name: 'all'
  properties: {
    customDomains: [{ id: domain.id }]
    linkToDefaultDomain: 'Disabled' // one name only
    originGroup: { id: originGroup.id }
    patternsToMatch: ['/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    enabledState: 'Enabled'
  }
  dependsOn: [origin] // a route to an empty group is refused
}

@description('Records for the DNS of the own domain: { type, name, value, ttl } each.')
output dnsRecords array = [
  // The empty token: the domain was validated, and the record is not looked at again.
  { type: 'TXT', name: '_dnsauth.${siteDomain}', value: domain.properties.?validationProperties.?validationToken ?? '', ttl: 3600 }
  { type: 'CNAME', name: siteDomain, value: endpoint.properties.hostName, ttl: 3600 }
]
