using System.Text;
using CitizenFocus.Functions.Email.Reports;

namespace CitizenFocus.Functions.Tests.Email.Reports;

/// <summary>
/// A call that SendGrid signed itself: the values are those of sendgrid/sendgrid-csharp (MIT),
/// tests/SendGrid.Tests/Helpers/EventWebhook/RequestValidatorTests.cs, commit 03dada1b96e8868c0e905acb2cbcdcdc0d9f1f20.
/// </summary>
public sealed class SendGridSignatureTests
{
    private const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    private const string AnotherPublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==";
    private const string Signature = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    private const string AnotherSignature = "MEQCIB3bJQOarffIdM7+MEee+kYAdoViz6RUoScOASwMcXQxAiAcrus/j853JUlVm5qIRfbKBJwJq89znqOTedy3RetXLQ==";
    private const string Timestamp = "1600112502";

    // The line's end is signed, too.
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """
        [{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",
        "sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
        "sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",
        "smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]
        """.ReplaceLineEndings("") + "\r\n");

    [Fact]
    public void Signature_OfSendGridsSample_IsValid() => Assert.True(IsValid(Body));

    [Fact]
    public void Signature_WithAnyByteOfTheBodyFlipped_IsNotValid()
    {
        for (var at = 0; at < Body.Length; at++)
        {
            var flipped = (byte[])Body.Clone();
            flipped[at] ^= 1;
            Assert.False(IsValid(flipped), $"byte {at}");
        }
    }

    [Fact]
    public void Signature_WithoutTheLinesEnd_IsNotValid() => Assert.False(IsValid(Body[..^2]));

    [Theory]
    [InlineData("1600112503")]
    [InlineData("01600112502")]
    [InlineData("160011250")]
    [InlineData("timestamp")]
    [InlineData("")]
    [InlineData(null)]
    public void Signature_WithAnotherTimestamp_IsNotValid(string? timestamp) => Assert.False(IsValid(Body, timestamp: timestamp));

    [Theory]
    [InlineData(AnotherSignature)]
    [InlineData("signature")]
    [InlineData("")]
    [InlineData(null)]
    public void Signature_ThatIsAnother_IsNotValid(string? signature) => Assert.False(IsValid(Body, signature: signature));

    [Fact]
    public void Signature_UnderAnotherKey_IsNotValid() => Assert.False(IsValid(Body, key: AnotherPublicKey));

    private static bool IsValid(byte[] body, string? signature = Signature, string? timestamp = Timestamp, string key = PublicKey) =>
        SendGridSignature.IsValid(key, signature, timestamp, body);
}
