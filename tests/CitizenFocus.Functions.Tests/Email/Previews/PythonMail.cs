using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Email.Previews;

/// <summary>Python's e-mail package, which knows nothing of the library that writes our mail. One process reads all that a test has.</summary>
internal static class PythonMail
{
    public static async Task<IReadOnlyList<PythonRead>> ReadAsync(IEnumerable<byte[]> mails)
    {
        var start = new ProcessStartInfo("python3", ["parse.py"])
        {
            WorkingDirectory = NodeTools.Email.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        return JsonSerializer.Deserialize(
            await NodeTools.OutputAsync(python, JsonSerializer.Serialize([.. mails.Select(Convert.ToBase64String)], PythonJson.Default.StringArray)),
            PythonJson.Default.PythonReadArray)!;
    }
}

internal sealed record PythonRead(
    string? Subject, string? From, string[]? To, string? ToName, string? Text, string? Html, string[]? Types, string[]? Fields, string[] Defects);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string[][]))]
[JsonSerializable(typeof(PythonRead[]))]
internal sealed partial class PythonJson : JsonSerializerContext;
