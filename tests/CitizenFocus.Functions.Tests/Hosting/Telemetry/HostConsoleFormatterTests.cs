using CitizenFocus.Functions.Hosting.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitizenFocus.Functions.Tests.Hosting.Telemetry;

/// <summary>Lines as the Functions host sorts them: by the first of the words warn, error and fail that it finds.</summary>
public sealed class HostConsoleFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Warning, "The provider failed with an error.", LogLevel.Warning)]
    [InlineData(LogLevel.Error, "Nothing to be seen here.", LogLevel.Error)]
    [InlineData(LogLevel.Error, "The server answered: Warning, quota at its end.", LogLevel.Error)]
    [InlineData(LogLevel.Critical, "WARNED too late.", LogLevel.Error)]
    [InlineData(LogLevel.Information, "No error, no warning.", LogLevel.Information)]
    public void Line_OfALevel_IsSortedAsThat(LogLevel level, string text, LogLevel sorted) => Assert.Equal(sorted, AsTheHostSortsIt(level, Line(level, text)));

    [Fact]
    public void Line_OfAFault_IsOneLineWithItsStack()
    {
        var line = Line(LogLevel.Error, "It failed.\nTwice.", Thrown());

        Assert.DoesNotContain('\n', line.TrimEnd());
        Assert.Contains("It failed. | Twice.", line);
        Assert.Contains("InvalidOperationException: first", line);
        Assert.Contains(nameof(Thrown), line);
    }

    [Theory]
    [InlineData("550 <anna.ash@city.example>: no such user", "550 <[address]>: no such user")]
    [InlineData("To: \"Anna\" anna+talk@xn--bcher-kva.example, bob@a.example", "To: \"Anna\" [address], [address]")]
    [InlineData("ÄNNA@stadt.example", "[address]")]
    [InlineData("at 5 @ noon", "at 5 @ noon")]
    [InlineData("nothing", "nothing")]
    public void Line_ThatQuotesAnAddress_DoesNotTellIt(string text, string told) =>
        Assert.Equal($"warn: Tests[7] {told}", Line(LogLevel.Warning, text).TrimEnd());

    /// <summary>What others wrote may be long, and meant to be.</summary>
    [Fact]
    public void Line_OfALongTextWithoutBlanks_IsWrittenWithoutItsAddress()
    {
        var line = Line(LogLevel.Warning, new string('a', 200_000) + " anna@city.example " + new string('b', 200_000));

        Assert.DoesNotContain("anna@", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ThatCannotBeTheHostsOwn_IsNot() => Assert.StartsWith("info: ", Line(LogLevel.Information, "LanguageWorkerConsoleLog spoofed"));

    private static LogLevel AsTheHostSortsIt(LogLevel level, string line) =>
        level < HostConsoleFormatter.ToStandardError ? LogLevel.Information
        : line.Contains("warn", StringComparison.OrdinalIgnoreCase) ? LogLevel.Warning
        : line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("fail", StringComparison.OrdinalIgnoreCase) ? LogLevel.Error
        : LogLevel.Information;

    private static string Line(LogLevel level, string text, Exception? fault = null)
    {
        using var written = new StringWriter();
        new HostConsoleFormatter().Write(new LogEntry<string>(level, "Tests", new EventId(7), text, fault, (state, _) => state), null, written);
        return written.ToString();
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("first\r\nsecond");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
