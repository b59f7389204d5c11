using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// Log lines as the Functions host reads them. It takes each line of standard output for Information, and sorts those of
/// standard error by words: one with <c>warn</c> in it is a warning, else one with <c>error</c> or <c>fail</c> an error. So an
/// event is one line, whatever it quotes, and the word of its level is the only one that counts.
/// </summary>
internal sealed class HostConsoleFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "functions-host";

    /// <summary>Less than this goes to standard output.</summary>
    public const LogLevel ToStandardError = LogLevel.Warning;

    private const char SoftHyphen = '\u00AD';

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, null);
        if (logEntry.Exception is { } fault) text += " | " + fault;
        text = OneLine(Redaction.Redact(text));
        var line = $"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {text}";
        if (Invocation.Current is { } invocation) line += $" invocation={invocation}";
        if (Activity.Current is { } activity) line += $" trace={activity.TraceId}";
        textWriter.WriteLine(logEntry.LogLevel >= LogLevel.Error ? WithoutTheWordOfWarnings(line) : line);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "fail",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" | ");

    private static string WithoutTheWordOfWarnings(string line)
    {
        for (var at = line.IndexOf("warn", StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf("warn", at, StringComparison.OrdinalIgnoreCase))
        {
            line = line.Insert(at + 1, SoftHyphen.ToString());
        }

        return line;
    }
}
