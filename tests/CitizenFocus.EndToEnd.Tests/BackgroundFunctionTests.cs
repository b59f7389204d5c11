using System.Net;
using System.Text;
using CitizenFocus.EndToEnd.Tests.Support;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>What only the host may invoke cannot be invoked through it.</summary>
[Collection(SiteCollection.Name)]
public sealed class BackgroundFunctionTests(SiteFixture site)
{
    [Theory]
    [InlineData("/SendEmail")]
    [InlineData("/sendemail")]
    [InlineData("/SendEmail/")]
    [InlineData("//SendEmail")]
    [InlineData("/%53endEmail")]
    [InlineData("/AdvanceWebinar")]
    [InlineData("/AdvanceWebinars")]
    public async Task BackgroundFunction_PostedToFromOutside_IsNotFound(string path)
    {
        const string Envelope = """{"Data":{"message":"\"{}\""},"Metadata":{"DequeueCount":"1"}}""";
        using var answer = await site.Site.Client.PostAsync(site.Site.Origin + path, new StringContent(Envelope, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
