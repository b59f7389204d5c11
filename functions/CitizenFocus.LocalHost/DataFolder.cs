namespace CitizenFocus.LocalHost;

/// <summary>The folder with all that LocalHost keeps, for one LocalHost at a time. Disposing it lets the next one in.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string root, FileStream taken)
    {
        Root = root;
        _lock = taken;
    }

    public string Root { get; }

    public string Azurite => Path.Combine(Root, "azurite");

    public string Mailbox => Path.Combine(Root, "mailbox");

    /// <summary>Opens the folder.</summary>
    /// <param name="fresh">Forgets what LocalHost kept; other files in the folder stay.</param>
    /// <exception cref="LocalHostException">Another LocalHost uses it, or it cannot be written to.</exception>
    public static DataFolder Open(string root, bool fresh)
    {
        root = Path.GetFullPath(root);
        try
        {
            Directory.CreateDirectory(root);
            var taken = new FileStream(Path.Combine(root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            var folder = new DataFolder(root, taken);
            if (fresh) folder.Forget();
            return folder;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new LocalHostException($"The data folder cannot be used: {fault.Message} Name another one with --data.");
        }
        catch (IOException) when (File.Exists(Path.Combine(root, ".lock")))
        {
            throw new LocalHostException($"Another LocalHost uses {root}: stop it, or give this one a folder of its own with --data (and --port).");
        }
    }

    public void Dispose() => _lock.Dispose();

    private void Forget()
    {
        foreach (var folder in new[] { Azurite, Mailbox })
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }

        File.Delete(Path.Combine(Root, "timers.json"));
    }
}
