// The namespaces that functions/AzureSdks.props names in its usings exist from the first build on.
namespace CitizenFocus.AzureClients.Storage { internal static class Marker; }
namespace CitizenFocus.AzureClients.Queues { internal static class Marker; }
namespace CitizenFocus.AzureClients.Queues.Models { internal static class Marker; }
namespace CitizenFocus.AzureClients.Blobs { internal static class Marker; }
namespace CitizenFocus.AzureClients.Blobs.Models { internal static class Marker; }
namespace CitizenFocus.AzureClients.Sas { internal static class Marker; }
