// The site seen from outside, from Europe, with its certificate.
param location string
param tags object
param insightsId string
param siteUrl string
param actionGroupId string

// Two places out of three must fail, so that a fault of one of them wakes nobody.
var testLocations = [
  'emea-nl-ams-azr'
  'emea-gb-db3-azr'
  'emea-fr-pra-edge'
]

// A certificate that ends within a fortnight is a failure, while there is still time.
resource availability 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'health'
  location: location
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'health'
    Name: 'health'
    Enabled: true
    Frequency: 900 // seconds; every run is paid for
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    Locations: [for place in testLocations: { Id: place }]
    Request: {
      RequestUrl: '${siteUrl}health'
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'unavailable'
  location: 'global'
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource', 'hidden-link:${availability.id}': 'Resource' })
  properties: {
    description: 'The site is not to be had at ${siteUrl}health, says a dependency is down, or has a certificate that ends within 14 days.'
    severity: 0
    enabled: true
    scopes: [availability.id, insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: availability.id
      componentId: insightsId
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [{ actionGroupId: actionGroupId }]
  }
}
