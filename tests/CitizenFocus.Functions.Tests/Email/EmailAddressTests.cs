using CitizenFocus.Functions.Email;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Email;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData(" Anna.Smith+News@Example.ORG ", "Anna.Smith+News@example.org", "anna.smith+news@example.org")]
    [InlineData("o'neill@bücher.example", "o'neill@xn--bcher-kva.example", "o'neill@xn--bcher-kva.example")]
    [InlineData("a@ΠΑΡΑΔΕΙΓΜΑ.ΕΛ", "a@xn--hxajbhegg2az.xn--qxam", null)]
    [InlineData("a@straße.example", "a@xn--strae-oqa.example", "a@xn--strae-oqa.example")]
    [InlineData("a@sub.sub.co.uk", "a@sub.sub.co.uk", "a@sub.sub.co.uk")]
    public void Address_Plausible_IsParsed(string text, string value, string? normalised)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        if (normalised is null) return;
        Assert.Equal((value, normalised), (address.Value, address.Normalised));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.org")]
    [InlineData("anna@")]
    [InlineData("anna@localhost")]
    [InlineData("anna@127.0.0.1")]
    [InlineData("anna@[127.0.0.1]")]
    [InlineData("anna@example..org")]
    [InlineData("anna@.example.org")]
    [InlineData("anna@example.org.")]
    [InlineData("anna@-example.org")]
    [InlineData("anna@exam_ple.org")]
    [InlineData("anna@example.org@example.org")]
    [InlineData("\"anna@home\"@example.org")]
    [InlineData(".anna@example.org")]
    [InlineData("anna.@example.org")]
    [InlineData("an..na@example.org")]
    [InlineData("änna@example.org")]
    [InlineData("Anna <anna@example.org>")]
    [InlineData("anna@example.org,ben@example.org")]
    [InlineData("anna@example.org\r\nBcc: x@example.org")]
    [InlineData("an na@example.org")]
    [InlineData("anna@exa\u0301mple.org")]
    [InlineData("anna@ｅxample.org")]
    public void Address_Malformed_IsRefused(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void Address_AtTheLimits_IsParsedAndOneBeyondRefused()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".eu"; // 188
        Assert.True(EmailAddress.TryParse(new string('l', 64) + '@' + domain, out _));
        Assert.False(EmailAddress.TryParse(new string('l', 65) + '@' + domain, out _));
        Assert.False(EmailAddress.TryParse(new string('l', 64) + '@' + domain + "xx", out _));
    }

    [Fact]
    public void Address_OfWhateverText_NeverHoldsWhatAHeaderIsMadeOf() => Prop.ForAll(
        Mutated.ToArbitrary(), text =>
        {
            if (!EmailAddress.TryParse(text, out var address)) return;
            Assert.All(address.Value, c => Assert.True(char.IsAscii(c) && !char.IsControl(c) && !char.IsWhiteSpace(c) && !"<>,:;\"()[]\\".Contains(c)));
            Assert.Equal(1, address.Value.Count(c => c == '@'));
            Assert.InRange(address.Value.Length, 3, EmailAddress.MaxLength);
            // Whatever was accepted is accepted again, as the same.
            Assert.Equal(address, EmailAddress.Parse(address.Value));
            Assert.Equal(address.Normalised, EmailAddress.Parse(address.Normalised).Normalised);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Address_InALog_IsNotShown()
    {
        var address = EmailAddress.Parse("anna@example.org");
        Assert.Equal("(address)", $"{address}");
        Assert.DoesNotContain("anna", new EmailOptions { From = address }.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A good address with something put into it, so that a part of the texts is accepted.</summary>
    private static Gen<string> Mutated =>
        from at in Gen.Choose(0, "anna@bücher.example.org".Length)
        from piece in Gen.OneOf(Hostile.Text.Generator, ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString()), Gen.Constant(""))
        select "anna@bücher.example.org".Insert(at, piece);
}
