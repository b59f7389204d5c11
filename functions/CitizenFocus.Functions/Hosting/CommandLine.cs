namespace CitizenFocus.Functions.Hosting;

/// <summary>What the executable does when it is started with a command instead of serving: <c>CitizenFocus.Functions sample load</c>.</summary>
internal static class CommandLine
{
    private const int UnknownCommand = 2;

    /// <returns>The process's exit code; <see langword="null"/> where no command was given and the site is to be served.</returns>
    public static async Task<int?> TryRunAsync(IServiceProvider services, string[] args)
    {
        string[] words = [.. args.TakeWhile(arg => !arg.StartsWith('-'))];
        if (words.Length == 0) return null;

        var name = string.Join(' ', words);
        var commands = services.GetServices<ICommand>().ToList();
        if (commands.Find(command => command.Name == name) is not { } command)
        {
            await Console.Error.WriteLineAsync($"There is no command '{name}'. Commands: {string.Join(", ", commands.Select(known => known.Name))}.");
            return UnknownCommand;
        }

        await command.RunAsync(CancellationToken.None);
        return 0;
    }
}

/// <summary>One command.</summary>
internal interface ICommand
{
    /// <summary>Its words, with single spaces between them.</summary>
    string Name { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
