using System.Text;
using CitizenFocus.Functions.Web;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Web;

/// <summary>Whatever arrives: fields or a fault, never an exception, and never other text than was sent.</summary>
public sealed class BodyParsersTests
{
    /// <summary>Bytes that come near what the parsers look for.</summary>
    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)),
        Gen.ArrayOf(Gen.Elements("{", "}", "[", "]", "\"", "answers", ":", ",", "1", "true", "null", "\\ud800", "\\u0041", "\n", "a", "&", "=", "%4", "%41", "%ff", "+", "--b", "\r\n",
            "Content-Disposition: form-data; name=\"a\"", "Content-Disposition: x", "--")).Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))));

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Prop.ForAll(Bodies.ToArbitrary(), body =>
    {
        JsonBody.Read(body, new FieldCollector());
        JsonBody.Read(body, new FieldCollector(), nests: true);
        UrlEncodedBody.Read((byte[])body.Clone(), new FieldCollector());
        MultipartBody.ReadAsync(body, "b", new FieldCollector()).AsTask().GetAwaiter().GetResult();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBytesAsJson_FaultLiesInTheBody() => Prop.ForAll(Bodies.ToArbitrary(), body =>
    {
        var fault = JsonBody.Read(body, new FieldCollector());
        var lines = body.Count(value => value == '\n') + 1;
        return fault?.Line is null || (fault.Line >= 1 && fault.Line <= lines && fault.Position >= 1 && fault.Position <= body.Length + 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyText_ReadAsItWasWritten() => Prop.ForAll<NonNull<string>, NonNull<string>>((first, second) =>
    {
        var (name, value) = (Unicode(first.Get), Unicode(second.Get));
        var fields = new FieldCollector();
        var body = Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal)}");
        return UrlEncodedBody.Read(body, fields) is null && fields.Values.Count == 1 && fields.Values[name].ToString() == value;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a=%4", "a", "%4")]
    [InlineData("a=%zz", "a", "%zz")]
    [InlineData("a", "a", "")]
    [InlineData("&&a=b=c&", "a", "b=c")]
    [InlineData("a+b=c%2Bd", "a b", "c+d")]
    public void Read_OddButLegalForm_AsTheStandardHasIt(string body, string name, string value)
    {
        var fields = new FieldCollector();

        Assert.Null(UrlEncodedBody.Read(Encoding.UTF8.GetBytes(body), fields));
        Assert.Equal((name, value), (Assert.Single(fields.Values).Key, fields.Values[name].ToString()));
    }

    private static string Unicode(string text) => string.Concat(text.EnumerateRunes());
}
