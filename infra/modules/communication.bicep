// Azure Communication Services, with the domains that are fit to send linked to it. The domains are made before, in a module
// of their own, so that their state can be read here.
param name string
param tags object
param principalId string
param emailServiceName string
param dataLocation string
param emailDomain string
param emailDomainIsVerified bool
param emailFrom string
param senderName string

// No narrower built-in role may send mail. A custom one would need less, but is kept by the whole tenant, and few who deploy
// this site may make one there.
var communicationAndEmailServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'

resource emailService 'Microsoft.Communication/emailServices@2025-09-01' existing = {
  name: emailServiceName
}

resource managedDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' existing = {
  parent: emailService
  name: 'AzureManagedDomain'
}

// Where there is no domain of one's own, this is the managed one again: a resource that does not exist cannot be read.
resource ownDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' existing = {
  parent: emailService
  name: empty(emailDomain) ? 'AzureManagedDomain' : emailDomain
}

var states = ownDomain.properties.verificationStates
var status = join([states.Domain.status, states.SPF.status, states.DKIM.status, states.DKIM2.status], ' ')
var isVerified = status == 'Verified Verified Verified Verified'

// Communication Services refuse a link to an unverified domain without a word about what to do.
var linkedDomains = !emailDomainIsVerified
  ? [managedDomain.id]
  : isVerified
    ? [managedDomain.id, ownDomain.id]
    : fail('${emailDomain} is not verified yet. Add the records of the output EMAIL_DNS_RECORDS to its DNS, run "az communication email domain initiate-verification" for each of Domain, SPF, DKIM and DKIM2, and deploy again when "az communication email domain show" says Verified four times. Until then leave emailDomainIsVerified false.')

var fromDomain = emailDomainIsVerified ? emailDomain : managedDomain.properties.fromSenderDomain
var from = empty(emailFrom) ? 'DoNotReply@${fromDomain}' : emailFrom

// DoNotReply is there from the start, and the only one until the domain's quota has been raised.
var isOfOwnDomain = emailDomainIsVerified && endsWith(toLower(emailFrom), toLower('@${emailDomain}'))
var username = split(emailFrom, '@')[0]

resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2025-09-01' = if (isOfOwnDomain && toLower(username) != 'donotreply') {
  parent: ownDomain
  name: isOfOwnDomain ? username : 'none'
  properties: {
    username: username
    displayName: senderName
  }
}

// Its diagnostic logs (EmailSendMailOperational, EmailStatusUpdateOperational, EmailUserEngagementOperational) name the
// recipients, so none are collected: the app's own ledger has what is needed, and forgets whom it must forget.
resource communicationService 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: linkedDomains
  }
}

resource sends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communicationService.id, principalId, communicationAndEmailServiceOwner)
  scope: communicationService
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', communicationAndEmailServiceOwner)
  }
}

output id string = communicationService.id
output endpoint string = 'https://${communicationService.properties.hostName}/'
output from string = from

@description('Records of the own domain, for its DNS: { type, name, value, ttl } each.')
output dnsRecords array = empty(emailDomain)
  ? []
  : [
      ownDomain.properties.verificationRecords.Domain
      ownDomain.properties.verificationRecords.SPF
      ownDomain.properties.verificationRecords.DKIM
      ownDomain.properties.verificationRecords.DKIM2
      // Not needed for sending from here, but by those who receive bulk mail.
      ownDomain.properties.verificationRecords.?DMARC ?? { type: 'TXT', name: '_dmarc.${emailDomain}', value: 'v=DMARC1; p=none', ttl: 3600 }
    ]
