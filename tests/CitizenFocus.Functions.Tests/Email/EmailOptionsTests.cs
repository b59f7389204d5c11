using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Configuration;

namespace CitizenFocus.Functions.Tests.Email;

public sealed class EmailOptionsTests
{
    [Fact]
    public void Options_Complete_AreRead()
    {
        var (options, faults) = Read(("From", "webinars@example.org"), ("ReplyTo", "team@example.org"), ("FromName", "Us"), ("PickupDirectory", "mailbox"));

        Assert.Empty(faults);
        Assert.Equal("webinars@example.org", options.From.Value);
        Assert.Equal("team@example.org", options.ReplyTo?.Value);
        Assert.Equal(("Us", "mailbox", "pickup", "example.org"), (options.FromName, options.PickupDirectory, Assert.Single(options.Providers), options.MessageIdDomain));
    }

    [Fact]
    public void Options_AllWrong_AreRefusedWithEveryRemedy()
    {
        var (_, faults) = Read(("From", "nobody"), ("ReplyTo", "x"), ("MessageIdDomain", "a b"), ("Providers", "pigeon"));

        Assert.Equal(4, faults.Count);
        Assert.All(faults, fault => Assert.Contains("Email__", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("pigeon", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_Empty_AskForAnAddress() =>
        Assert.Contains(Read().Faults, fault => fault.StartsWith("Set Email__From", StringComparison.Ordinal));

    private static (EmailOptions Options, IReadOnlyList<string> Faults) Read(params (string Key, string Value)[] values)
    {
        var settings = new Settings(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create("Email:" + value.Key, (string?)value.Value))).Build(),
            EmailOptions.Section);
        return (EmailOptions.Read(settings), settings.Faults);
    }
}
