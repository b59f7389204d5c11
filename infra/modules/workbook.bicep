// The dashboard: Azure portal, the resource group, this workbook.
param location string
param tags object
param siteName string
param workspaceId string
param serviceName string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'workbook') // must be a GUID
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: siteName
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: workspaceId
    serializedData: replace(replace(loadTextContent('../workbook.json'), '<workspace>', workspaceId), '<service>', serviceName)
  }
}

output id string = workbook.id
