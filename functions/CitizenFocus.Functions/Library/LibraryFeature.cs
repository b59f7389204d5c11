using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Library;

internal static class LibraryFeature
{
    public static IServiceCollection AddLibrary(this IServiceCollection services) => services
        .AddSettings(LibraryOptions.Section, LibraryOptions.Read)
        .AddSingleton<StorageResource>(new StorageResource.Table(DocumentStore.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Table(DownloadCounter.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Container(LibraryService.ContainerName))
        .AddSingleton<DocumentStore>()
        .AddSingleton<DownloadCounter>()
        .AddSingleton<DownloadLinks>()
        .AddSingleton<LibraryService>();

    public static void MapLibrary(this IEndpointRouteBuilder site)
    {
        LibraryPages.Map(site);
        DocumentApi.Map(site);
    }
}
