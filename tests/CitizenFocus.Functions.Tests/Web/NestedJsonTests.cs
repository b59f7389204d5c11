using System.Text;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Tests.Web;

/// <summary>Objects and lists of them, as organisers may send them.</summary>
public sealed class NestedJsonTests
{
    [Fact]
    public void Read_ListOfObjects_IsTheFieldsOfAForm()
    {
        var fields = Read("""{"questions":[{"text":"A","options":["x","y"]},{},{"text":"C","required":true}],"minutes":[60,5],"none":[],"gone":null,"deep":{"er":{"x":1}}}""");

        Assert.Equal(["questions.0", "questions.1", "questions.2"], fields.Items("questions"));
        Assert.Equal(("A", null, "C"), (fields.Text("questions.0.text"), fields.Text("questions.1.text"), fields.Text("questions.2.text")));
        Assert.Equal(["x", "y"], fields.All("questions.0.options"));
        Assert.True(fields.IsTicked("questions.2.required"));
        Assert.Equal(["60", "5"], fields.All("minutes"));
        Assert.Equal("1", fields.Text("deep.er.x"));
        Assert.Equal((true, false), (fields.Has("none"), fields.Has("gone")));
    }

    [Fact]
    public void Items_OfAForm_AreThoseThatAreThere()
    {
        var fields = new FieldCollector();
        foreach (var name in new[] { "questions.10.text", "questions.2.text", "questions.2.kind", "questions.x.text", "questionsx.1.text", "questions" }) fields.TryAdd(name, "a");

        Assert.Equal(["questions.2", "questions.10"], new Submission.Fields(fields.Values, IsJson: false).Items("questions"));
    }

    [Theory]
    [InlineData("""{"a":[1,{}]}""")]
    [InlineData("""{"a":[{},1]}""")]
    [InlineData("""{"a":[[1]]}""")]
    [InlineData("""{"a":[null]}""")]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":1}}}}}}}}}""")]
    public void Read_MixedListOrTooDeep_IsRefused(string body) =>
        Assert.NotNull(JsonBody.Read(Encoding.UTF8.GetBytes(body), new(), nests: true));

    [Fact]
    public void Read_ManyObjectsUnderALongName_IsRefusedBeforeItGrows()
    {
        var body = $$"""{"{{new string('x', 201)}}":[{},{},{}]}""";

        Assert.NotNull(JsonBody.Read(Encoding.UTF8.GetBytes(body), new(), nests: true));
    }

    [Fact]
    public void Read_MoreObjectsThanFields_IsRefused() =>
        Assert.Equal(BodyFault.TooManyFields(2), JsonBody.Read("""{"a":[{},{},{}]}"""u8, new(2), nests: true));

    private static Submission.Fields Read(string json)
    {
        var fields = new FieldCollector();
        Assert.Null(JsonBody.Read(Encoding.UTF8.GetBytes(json), fields, nests: true));
        return new(fields.Values, IsJson: true);
    }
}
