using CitizenFocus.Functions.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Tests.Email;

public sealed class EmailOptionsTests
{
    [Fact]
    public void Options_Complete_AreRead()
    {
        var options = Read(("From", "webinars@example.org"), ("ReplyTo", "team@example.org"), ("FromName", "Us"), ("PickupDirectory", "mailbox"));

        Assert.Equal("webinars@example.org", options.From.Value);
        Assert.Equal("team@example.org", options.ReplyTo?.Value);
        Assert.Equal(("Us", "mailbox", "pickup", "example.org"), (options.FromName, options.PickupDirectory, options.Provider, options.MessageIdDomain));
    }

    [Fact]
    public void Options_AllWrong_AreRefusedWithEveryRemedy()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(("From", "nobody"), ("ReplyTo", "x"), ("MessageIdDomain", "a b")));

        Assert.Equal(4, refusal.Failures.Count());
        Assert.All(refusal.Failures, f => Assert.StartsWith("Set Email:", f, StringComparison.Ordinal));
    }

    private static EmailOptions Read(params (string Key, string Value)[] settings) => EmailOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Email:" + s.Key, (string?)s.Value))).Build());
}
