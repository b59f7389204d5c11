// Who is told, and of what. The app says what is wrong in log lines with trouble=<code>; so each code has a rule here, and
// silence has one too. A rule costs the more the oftener it looks, so only what keeps visitors waiting is looked for every
// five minutes. All rules keep their state: they tell once, and again when it is over.
param location string
param tags object
param workspaceId string
param serviceName string
param alertEmail string

// A test reads the codes and holds them against the app's.
var troubles = [
  {
    code: 'email-failed'
    severity: 2
    what: 'Several e-mails were refused for good or given up; a single one is mostly an address with a slip in it. POST /api/email/trace says why, /api/email/resend sends one again.'
    windowMinutes: 30
    frequencyMinutes: 15
    threshold: 2
  }
  {
    code: 'message-poisoned'
    severity: 1
    what: 'A message lies in a poison queue: it has failed five times. The app puts back what it can; what stays needs a look at the function that failed.'
    windowMinutes: 30
    frequencyMinutes: 15
    threshold: 0
  }
  {
    code: 'webinar-not-advanced'
    severity: 1
    what: 'Somebody has waited too long for an answer to a registration. Look whether the function AdvanceWebinar runs.'
    windowMinutes: 15
    frequencyMinutes: 5
    threshold: 0
  }
  {
    code: 'queue-behind'
    severity: 1
    what: 'The oldest message of a queue has been due for too long. Look whether its function runs, and whether there are enough instances.'
    windowMinutes: 15
    frequencyMinutes: 5
    threshold: 0
  }
  {
    code: 'quota-near-end'
    severity: 3
    what: 'The limit of a sender is nearly used up; mail is delayed until more is allowed. GET /api/email says what is left.'
    windowMinutes: 30
    frequencyMinutes: 15
    threshold: 0
  }
  {
    code: 'provider-down'
    severity: 1
    what: 'A provider takes no mail. GET /api/email says which and why; mail waits in its queue meanwhile.'
    windowMinutes: 15
    frequencyMinutes: 5
    threshold: 0
  }
  {
    code: 'sending-paused'
    severity: 3
    what: 'Sending is paused, by an organiser, or since its data comes from another account. POST /api/email/resume ends it.'
    windowMinutes: 30
    frequencyMinutes: 15
    threshold: 0
  }
  {
    code: 'function-failed'
    severity: 2
    what: 'Functions fail again and again; single failures are run again and do not alarm.'
    windowMinutes: 30
    frequencyMinutes: 15
    threshold: 5
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'operators'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'operators'
    enabled: true
    emailReceivers: [
      for (address, i) in split(alertEmail, ','): {
        name: 'operator-${i + 1}'
        emailAddress: trim(address)
        useCommonAlertSchema: true
      }
    ]
  }
}

// skipQueryValidation: in a new workspace the tables come with the first line that is written.
resource troubleRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for trouble in troubles: {
    name: 'trouble-${trouble.code}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: trouble.code
      description: trouble.what
      severity: trouble.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT${trouble.frequencyMinutes}M'
      windowSize: 'PT${trouble.windowMinutes}M'
      criteria: {
        allOf: [
          {
            query: 'AppTraces | where Message has "trouble=${trouble.code}"'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: trouble.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      skipQueryValidation: true
      actions: { actionGroups: [actionGroup.id] }
    }
  }
]

resource silence 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'nothing-heard'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'nothing heard'
    description: 'The watch, which goes round every five minutes, was not heard for half an hour: the app does not run, or nothing reaches the workspace (its daily quota is one reason). Fires before the first deployment of the code, too.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        {
          query: 'AppTraces | where Message has "watch=done"'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    skipQueryValidation: true
    actions: { actionGroups: [actionGroup.id] }
  }
}

// The host's requests: the app writes spans of the same requests under its own name, and they would count twice. What timers
// and queues run has no HTTP status.
resource serverErrors 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'server-errors'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'server errors'
    description: 'Of ten or more requests within a quarter of an hour, more than five in a hundred ended in a 5xx. The workbook has their addresses.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: join(
            [
              'AppRequests'
              '| where AppRoleName != "${serviceName}" and ResultCode matches regex "^[1-5][0-9][0-9]$"'
              '| summarize requests = sum(ItemCount), failed = sumif(ItemCount, ResultCode startswith "5")'
              '| where requests >= 10 and failed * 20 > requests'
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
    actions: { actionGroups: [actionGroup.id] }
  }
}

output actionGroupId string = actionGroup.id
