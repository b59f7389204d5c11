// A network of the site's own, in which storage and the vault answer under private addresses. The app goes out through it; it
// is itself still reached from the internet.
param name string
param location string
param tags object
param storageAccountId string
param storageAccountName string
param keyVaultId string
param keyVaultName string

var storageSuffix = environment().suffixes.storage
var services = [
  { target: storageAccountId, group: 'blob', name: '${storageAccountName}-blob', zone: 'privatelink.blob.${storageSuffix}' }
  { target: storageAccountId, group: 'queue', name: '${storageAccountName}-queue', zone: 'privatelink.queue.${storageSuffix}' }
  { target: storageAccountId, group: 'table', name: '${storageAccountName}-table', zone: 'privatelink.table.${storageSuffix}' }
  { target: keyVaultId, group: 'vault', name: keyVaultName, zone: 'privatelink.vaultcore.azure.net' }
]

resource network 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/23'] }
    subnets: [
      {
        name: 'app' // no underscore: Flex Consumption refuses it
        properties: {
          addressPrefix: '10.20.0.0/24'
          defaultOutboundAccess: true // the way to mail providers and to telemetry, without the price of a NAT gateway
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.1.0/26'
          defaultOutboundAccess: false
        }
      }
    ]
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: service.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in services: {
    parent: zones[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-07-01' = [
  for service in services: {
    name: 'pe-${service.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: '${network.id}/subnets/endpoints' }
      privateLinkServiceConnections: [
        {
          name: service.group
          properties: {
            privateLinkServiceId: service.target
            groupIds: [service.group]
          }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-07-01' = [
  for (service, i) in services: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service.group
          properties: { privateDnsZoneId: zones[i].id }
        }
      ]
    }
  }
]

output appSubnetId string = '${network.id}/subnets/app'
