using System.Globalization;
using System.Net;

namespace CitizenFocus.LocalHost;

/// <summary>LocalHost's options.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        Runs Citizen Focus on this machine as Azure Functions would: http://localhost:7071

          --port N            the port of the site (7071)
          --data DIR          the folder for everything that is kept (.local in the repository)
          --fresh             forgets what is kept there: data, mailbox, timers
          --settings FILE     the app settings (local.settings.json, else local.settings.sample.json)
          --app PATH          a built or published app, its folder or its executable, instead of building it
          --no-sample         does not load the sample data
          --restart-limit N   stops after N exits of the app other than 0 (3 is what the real host does)
          --no-azurite        keeps the state where the settings' AzureWebJobsStorage says, and not in an Azurite of its own
          --listen ADDRESS    listens on this IP address, too, behind a reverse proxy; the mailbox is not shown then
          --base-url URL      where visitors reach the site, from which its links are made
          --proxy ADDRESS     believes this one what it says of visitors' addresses (X-Forwarded-For, X-Forwarded-Proto)
          --help              this text
        """;

    public int Port { get; init; } = 7071;

    public string? Data { get; init; }

    public bool Fresh { get; init; }

    public string? Settings { get; init; }

    public string? App { get; init; }

    public bool LoadSample { get; init; } = true;

    public int? RestartLimit { get; init; }

    public bool OwnAzurite { get; init; } = true;

    public IPAddress? Listen { get; init; }

    public Uri? BaseUrl { get; init; }

    public IPAddress? Proxy { get; init; }

    public bool Help { get; init; }

    /// <summary>Reads the arguments; <c>--name value</c> and <c>--name=value</c> are the same.</summary>
    /// <exception cref="LocalHostException">An option is unknown, or its value is missing or out of range.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var result = new CommandLine();
        using var rest = arguments.SelectMany(Split).GetEnumerator();
        while (rest.MoveNext())
        {
            var name = rest.Current;
            result = name switch
            {
                "--port" => result with { Port = Number(1, ushort.MaxValue) },
                "--data" => result with { Data = Value() },
                "--fresh" => result with { Fresh = true },
                "--settings" => result with { Settings = Value() },
                "--app" => result with { App = Value() },
                "--no-sample" => result with { LoadSample = false },
                "--restart-limit" => result with { RestartLimit = Number(1, int.MaxValue) },
                "--no-azurite" => result with { OwnAzurite = false },
                "--listen" => result with { Listen = Address() },
                "--base-url" => result with { BaseUrl = Url() },
                "--proxy" => result with { Proxy = Address() },
                "--help" or "-h" or "-?" => result with { Help = true },
                _ => throw new LocalHostException($"'{name}' is no option of LocalHost; --help lists them."),
            };

            string Value() => rest.MoveNext() ? rest.Current : throw new LocalHostException($"{name} needs a value.");

            IPAddress Address()
            {
                var text = Value();
                return IPAddress.TryParse(text, out var address) ? address : throw new LocalHostException($"{name} needs an IP address such as 10.0.0.4, not '{text}'.");
            }

            Uri Url()
            {
                var text = Value();
                return Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", PathAndQuery: "/" }
                    ? url
                    : throw new LocalHostException($"{name} needs a URL without a path, such as https://webinars.example.org, not '{text}'.");
            }

            int Number(int least, int most)
            {
                var text = Value();
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? number
                    : throw new LocalHostException($"{name} needs a number from {least} to {most}, not '{text}'.");
            }
        }

        return result;
    }

    private static IEnumerable<string> Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=', 2) is [var name, var value] ? [name, value] : [argument];
}
