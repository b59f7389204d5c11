using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class TokensTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Read_OwnToken_ItsSubject()
    {
        var tokens = Ring("k1");

        Assert.Equal(new TokenReading.Valid("webinar|ann"), tokens.Read(TokenPurpose.Registration, tokens.Issue(TokenPurpose.Registration, "webinar|ann")));
    }

    [Fact]
    public void Read_OtherPurpose_Forged()
    {
        var tokens = Ring("k1");

        Assert.Equal(new TokenReading.Forged(), tokens.Read(TokenPurpose.Join, tokens.Issue(TokenPurpose.Registration, "ann")));
    }

    [Fact]
    public void Read_LifetimeOver_ExpiredFromItsLastSecondOn()
    {
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.Join, "ann", TimeSpan.FromMinutes(10));

        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.IsType<TokenReading.Valid>(tokens.Read(TokenPurpose.Join, token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new TokenReading.Expired("ann"), tokens.Read(TokenPurpose.Join, token));
    }

    [Fact]
    public void Read_ExpiredAndTampered_Forged()
    {
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.Join, "ann", TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.IsType<TokenReading.Forged>(tokens.Read(TokenPurpose.Join, Flip(token, 40)));
    }

    [Fact]
    public void Read_NoLifetime_NeverExpires()
    {
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.DigestUnsubscription, "ann");
        _time.Advance(TimeSpan.FromDays(36_500));

        Assert.IsType<TokenReading.Valid>(tokens.Read(TokenPurpose.DigestUnsubscription, token));
    }

    [Fact]
    public void Read_KeyRotated_OldTokensValidUntilTheirKeyLeavesTheRing()
    {
        var token = Ring("k1").Issue(TokenPurpose.Privacy, "ann");

        Assert.IsType<TokenReading.Valid>(Ring("k2", "k1").Read(TokenPurpose.Privacy, token));
        Assert.IsType<TokenReading.Forged>(Ring("k2").Read(TokenPurpose.Privacy, token));
    }

    [Fact]
    public void Read_SameKeyIdOtherKey_Forged()
    {
        var other = new Tokens(new KeyOptions { PersonId = a.Key(1), Signing = $"k1:{a.Key(99)}" }, _time);

        Assert.IsType<TokenReading.Forged>(Ring("k1").Read(TokenPurpose.Privacy, other.Issue(TokenPurpose.Privacy, "ann")));
    }

    [Fact]
    public void Issue_AnySubject_UrlSafeAndReadBack() => Prop.ForAll<NonNull<string>>(subject =>
    {
        var (tokens, text) = (Ring("k1"), Unicode(subject.Get));
        if (text.Length > 100) text = Unicode(text[..100]);
        var token = tokens.Issue(TokenPurpose.SignIn, text);
        return token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && tokens.Read(TokenPurpose.SignIn, token) == new TokenReading.Valid(text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyCut_Forged()
    {
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.Join, "a subject of some length");

        Assert.All(Enumerable.Range(0, token.Length), length => Assert.IsType<TokenReading.Forged>(tokens.Read(TokenPurpose.Join, token[..length])));
    }

    [Fact]
    public void Read_AnyExtension_Forged() => Prop.ForAll<NonEmptyString, bool>((more, before) =>
    {
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.Join, "ann");
        return tokens.Read(TokenPurpose.Join, before ? more.Get + token : token + more.Get) is TokenReading.Forged;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBitFlipped_Forged()
    {
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.Join, "ann", TimeSpan.FromDays(1));

        Assert.All(
            Enumerable.Range(0, System.Buffers.Text.Base64Url.DecodeFromChars(token).Length * 8),
            bit => Assert.IsType<TokenReading.Forged>(tokens.Read(TokenPurpose.Join, Flip(token, bit))));
    }

    [Fact]
    public void Read_AnyText_Forged() => Prop.ForAll<string>(text => Ring("k1").Read(TokenPurpose.Join, text) is TokenReading.Forged)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBytes_Forged() => Prop.ForAll<byte[]>(bytes =>
        Ring("k1").Read(TokenPurpose.Join, System.Buffers.Text.Base64Url.EncodeToString(bytes)) is TokenReading.Forged).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadSubjectUnverified_ForgedCutOrOfAKeyThatIsGone_TheBeginningAndNoMore()
    {
        var token = Ring("gone").Issue(TokenPurpose.Join, "talk-1|person");

        Assert.Equal("talk-1", Tokens.ReadSubjectUnverified(token));
        Assert.Equal("talk-1", Tokens.ReadSubjectUnverified(token[..^9]));
        Assert.Equal("talk-1", Tokens.ReadSubjectUnverified(token + ">. And so on"));
        Assert.All(Enumerable.Range(0, token.Length), length => Assert.True(Tokens.ReadSubjectUnverified(token[..length]) is null or "talk-1"));
        Assert.Null(Tokens.ReadSubjectUnverified(Ring("k1").Issue(TokenPurpose.Join, "talk-1")));
    }

    [Fact]
    public void ReadSubjectUnverified_AnyText_DoesNotThrow() => Prop.ForAll<string, byte[]>((text, bytes) =>
        (Tokens.ReadSubjectUnverified(text) + Tokens.ReadSubjectUnverified(System.Buffers.Text.Base64Url.EncodeToString(bytes))).IndexOf('|', StringComparison.Ordinal) < 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_OtherSpellingOfTheSameBytes_Forged()
    {
        // Four bytes of subject leave stray bits at the end of the encoding.
        var tokens = Ring("k1");
        var token = tokens.Issue(TokenPurpose.Join, "anna");
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        var spellings = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            .Select(last => token[..^1] + last)
            .Where(spelling => spelling != token)
            .Concat([token + "=", token + "==", " " + token, token + "\n", token.Insert(5, " ")]);

        Assert.NotEqual(0, bytes.Length % 3);
        Assert.All(spellings, spelling => Assert.IsType<TokenReading.Forged>(tokens.Read(TokenPurpose.Join, spelling)));
    }

    [Fact]
    public void Issue_SubjectTooLongOrHalfACharacter_Throws()
    {
        var tokens = Ring("k1");

        Assert.Throws<ArgumentException>(() => tokens.Issue(TokenPurpose.Join, new string('x', 513)));
        Assert.ThrowsAny<ArgumentException>(() => tokens.Issue(TokenPurpose.Join, "\ud800"));
    }

    private Tokens Ring(params string[] ids) => new(a.KeyRing(ids), _time);

    private static string Unicode(string text) => string.Concat(text.EnumerateRunes());

    private static string Flip(string token, int bit)
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
