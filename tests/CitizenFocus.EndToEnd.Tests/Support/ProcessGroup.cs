using System.Globalization;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>A group of processes, as /proc shows it (Linux only, as the app is).</summary>
internal static class ProcessGroup
{
    /// <summary>The kernel keeps so much of an executable's name.</summary>
    private const int LongestName = 15;

    private const string Zombie = "Z";

    /// <summary>An executable's name as <see cref="Members"/> has it.</summary>
    public static string NameOf(string executable) => executable.Length > LongestName ? executable[..LongestName] : executable;

    /// <summary>Those that have not ended.</summary>
    public static IReadOnlyList<(int Id, string Name)> Members(int group)
    {
        var members = new List<(int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || ReadStat(folder) is not { } stat) continue;

            // "id (name) state parent group ...": the name may hold anything, brackets too.
            var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            var rest = stat[(close + 2)..].Split(' ');
            if (rest[0] != Zombie && int.Parse(rest[2], CultureInfo.InvariantCulture) == group) members.Add((id, stat[(open + 1)..close]));
        }

        return members;
    }

    private static string? ReadStat(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
