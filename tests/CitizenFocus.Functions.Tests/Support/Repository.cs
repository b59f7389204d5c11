using IoPath = System.IO.Path;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>Files of the repository that are no part of the app, and are held against it.</summary>
internal static class Repository
{
    private const string Solution = "CitizenFocus.Functions.sln";

    /// <exception cref="InvalidOperationException">The tests do not lie in a clone.</exception>
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(IoPath.Combine(folder.FullName, Solution))) return IoPath.Combine(folder.FullName, relative);
        }

        throw new InvalidOperationException($"There is no {Solution} above {AppContext.BaseDirectory}.");
    }
}
