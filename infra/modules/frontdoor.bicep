// Front Door itself, before the app and its routes: the app must know this one's id, and the routes the app's host name.
param name string
param tags object

resource profile 'Microsoft.Cdn/profiles@2025-06-01' = {
  name: name
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: { originResponseTimeoutSeconds: 60 }
}

output name string = profile.name
output id string = profile.properties.frontDoorId
