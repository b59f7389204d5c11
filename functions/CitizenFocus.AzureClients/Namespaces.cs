// The namespaces that functions/AzureSdks.props names in its usings exist from the first build on.
namespace CitizenFocus.AzureClients.Tables { internal static class Marker; }
namespace CitizenFocus.AzureClients.Tables.Models { internal static class Marker; }
