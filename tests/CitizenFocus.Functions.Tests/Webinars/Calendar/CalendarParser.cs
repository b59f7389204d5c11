using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Tests.Webinars.Calendar;

/// <summary>
/// Reads calendars with Mozilla's ical.js, which knows nothing of the library that writes them. One Node.js process reads
/// all that a test has.
/// </summary>
internal static class CalendarParser
{
    private static readonly string Folder = FindFolder();
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public static async Task<ParsedCalendar> ReadAsync(string calendar) => (await ReadAllAsync([calendar]))[0];

    public static async Task<IReadOnlyList<ParsedCalendar>> ReadAllAsync(IReadOnlyCollection<string> calendars)
    {
        await Installed.Value;
        var json = await RunAsync("node", ["parse.mjs"], JsonSerializer.Serialize([.. calendars], ParserJson.Default.StringArray));
        return JsonSerializer.Deserialize(json, ParserJson.Default.ParsedCalendarArray)!;
    }

    private static async Task InstallAsync()
    {
        // npm writes this file last, so a run that was interrupted is seen.
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "");
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js was not found: install Node.js 20 or later (with npm), then run this again.");
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"'{program}' failed: {await errors}");
        }
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "CitizenFocus.Functions.Tests", "CalendarParser");
            if (File.Exists(Path.Combine(candidate, "package.json"))) return candidate;
        }

        throw new InvalidOperationException("tests/CitizenFocus.Functions.Tests/CalendarParser was not found above " + AppContext.BaseDirectory);
    }
}

/// <param name="Occurrences">What the calendar shows: rules followed, exceptions in their place.</param>
internal sealed record ParsedCalendar(string Method, string? Name, string? Refresh, string[] Zones, ParsedEvent[] Events, ParsedOccurrence[] Occurrences)
{
    /// <summary>The one of the webinar, beside which only sessions that differ have one.</summary>
    public ParsedEvent Event => Assert.Single(Events, entry => entry.RecurrenceId is null);
}

internal sealed record ParsedOccurrence(string Uid, string Start, string End);

internal sealed record ParsedEvent(
    string[] Properties, string Uid, int Sequence, string Status, string Summary, string? Description, string Location, string Url,
    string Stamp, string Start, string End, string? RecurrenceId, string? Rule, ParsedPerson? Organizer, ParsedPerson? Attendee);

internal sealed record ParsedPerson(string Address, string? Name, string? Status, string? Role, string? Rsvp);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ParsedCalendar[]))]
internal sealed partial class ParserJson : JsonSerializerContext;
