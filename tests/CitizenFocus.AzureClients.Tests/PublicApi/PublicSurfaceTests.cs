namespace CitizenFocus.AzureClients.Tests.PublicApi;

public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Sdks => OwnSdk.Names;

    /// <summary>What the clients offer changes only together with the file that says so.</summary>
    [Theory]
    [MemberData(nameof(Sdks))]
    public void PublicSurface_Built_IsTheOneCheckedIn(string sdk)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{sdk}.txt");
        var built = OwnSdk.Of(sdk).Surface();
        var checkedIn = File.Exists(file) ? File.ReadAllLines(file) : [];

        var difference = built.Except(checkedIn).Select(line => $"+ {line}")
            .Concat(checkedIn.Except(built).Select(line => $"- {line}"))
            .ToList();
        if (difference.Count > 0)
        {
            var received = Path.ChangeExtension(file, ".received.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllLines(received, built);
            Assert.Fail($"The surface of {sdk} changed. If that is meant, copy {received} over functions/CitizenFocus.AzureClients/PublicApi/{sdk}.txt:\n{string.Join('\n', difference)}");
        }
    }
}
