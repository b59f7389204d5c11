using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders.Smtp;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Configuration;

namespace CitizenFocus.Functions.Tests.Email.Senders.Smtp;

public sealed class SmtpOptionsTests
{
    [Fact]
    public void Options_Complete_AreReadAndHideThePassword()
    {
        var (options, faults) = Read(
            ("Email:Providers", "acs, smtp"), ("Smtp:Host", "smtp.example.org"), ("Smtp:Port", "465"), ("Smtp:Security", "tls"), ("Smtp:UserName", "us"), ("Smtp:Password", "hush-hush"));

        Assert.Empty(faults);
        Assert.Equal(("smtp.example.org", 465, SmtpSecurity.Tls, "us", "hush-hush"), (options.Host, options.Port, options.Security, options.UserName, options.Password));
        Assert.DoesNotContain("hush-hush", $"{options}", StringComparison.Ordinal);
    }

    [Fact]
    public void Options_Short_AreStartTlsAtTheSubmissionPort()
    {
        var (options, faults) = Read(("Email:Providers", "smtp"), ("Smtp:Host", "smtp.example.org"));

        Assert.Empty(faults);
        Assert.Equal((587, SmtpSecurity.StartTls, null), (options.Port, options.Security, options.UserName));
    }

    [Fact]
    public void Rate_NotSet_IsTheOneOfAllMail()
    {
        SendingRate all = new(30, 100);

        Assert.Equal(all, Read().Options.RateOr(all));
        Assert.Equal(new(5, 100), Read(("Smtp:MessagesPerMinute", "5")).Options.RateOr(all));
        Assert.Equal(new(30, null), Read(("Smtp:MessagesPerHour", "0")).Options.RateOr(all));
    }

    [Fact]
    public void Options_WhereMailGoesAnotherWay_AreNotAskedFor() => Assert.Empty(Read(("Email:Providers", "pickup"), ("Smtp:UserName", "us")).Faults);

    [Theory]
    [InlineData("Host", "", "Smtp__Host")]
    [InlineData("Host", "smtp://x:25", "Smtp__Host")]
    [InlineData("Port", "0", "Smtp__Port")]
    [InlineData("Security", "ssl", "Smtp__Security")]
    [InlineData("Security", "none", "Smtp__Security")]
    [InlineData("Password", "", "Smtp__Password")]
    [InlineData("UserName", "", "Smtp__UserName")]
    [InlineData("CertificateFile", "nowhere.pem", "Smtp__CertificateFile")]
    public void Options_OneWrong_IsOneFaultWithARemedy(string name, string value, string remedy)
    {
        var fault = Assert.Single(Read(
            ("Email:Providers", "smtp"), ("Smtp:Host", "smtp.example.org"), ("Smtp:UserName", "us"), ("Smtp:Password", "hush-hush"), ($"Smtp:{name}", value)).Faults);

        Assert.Contains(remedy, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", 0)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("::1", 0)]
    [InlineData("localhost.example.org", 1)]
    public void Password_WithoutTls_StaysOnThisMachine(string host, int faults) => Assert.Equal(
        faults,
        Read(("Email:Providers", "smtp"), ("Smtp:Host", host), ("Smtp:Security", "none"), ("Smtp:UserName", "us"), ("Smtp:Password", "p")).Faults.Count);

    private static (SmtpOptions Options, IReadOnlyList<string> Faults) Read(params (string Key, string Value)[] values)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (key, value) in values) all[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var settings = new Settings(configuration, SmtpOptions.Section);
        var options = SmtpOptions.Read(settings);
        return (options, [.. settings.Faults, .. new SmtpOptionsValidator(configuration).Validate(null, options).Failures ?? []]);
    }
}
