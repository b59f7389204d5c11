using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Testing;

namespace CitizenFocus.Functions.Tests.Webinars.Api;

/// <summary>What an organiser does with webinars, over HTTP.</summary>
internal static class OrganiserSteps
{
    public static WebinarSlug NewSlug() => WebinarSlug.Parse(AzuriteFixture.UniqueName("talk"));

    /// <summary>The least that is taken.</summary>
    public static JsonObject Body(Action<JsonObject>? change = null)
    {
        var body = new JsonObject { ["title"] = "Talk", ["start"] = "2026-12-08T14:00", ["zone"] = "Europe/Brussels", ["durationMinutes"] = 90 };
        change?.Invoke(body);
        return body;
    }

    public static Task<HttpResponseMessage> PutAsync(this Site site, WebinarSlug slug, JsonObject body, string? ifMatch = null) =>
        site.SendJsonAsync(HttpMethod.Put, $"/api/webinars/{slug}", body.ToJsonString(), headers =>
        {
            Site.AsOrganiser(headers);
            if (ifMatch is not null) headers.IfMatch.Add(new(ifMatch));
        });

    /// <summary>Reads the webinar and puts it back, changed.</summary>
    public static async Task<HttpResponseMessage> EditAsync(this Site site, WebinarSlug slug, Action<JsonObject> change)
    {
        var response = await site.GetAsOrganiserAsync($"/api/webinars/{slug}");
        var document = await ReadAsync(response);
        change(document);
        return await site.PutAsync(slug, document, response.Headers.ETag!.Tag);
    }

    public static Task<HttpResponseMessage> GetAsOrganiserAsync(this Site site, string path) => site.SendJsonAsync(HttpMethod.Get, path, headers: Site.AsOrganiser);

    /// <param name="site">Where.</param>
    /// <param name="slug">Which.</param>
    /// <param name="step"><c>publish</c>, <c>cancel</c>, <c>archive</c>, or a decision on a registration.</param>
    public static Task<HttpResponseMessage> PostStepAsync(this Site site, WebinarSlug slug, string step) =>
        site.SendJsonAsync(HttpMethod.Post, $"/api/webinars/{slug}/{step}", headers: Site.AsOrganiser);

    public static async Task<string?> StatusAsync(this Site site, WebinarSlug slug) =>
        (string?)(await ReadAsync(await site.GetAsOrganiserAsync($"/api/webinars/{slug}")))["status"];

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    /// <summary>The messages of a refusal by their fields.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ErrorsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await ReadAsync(response))["errors"]!.AsObject().ToDictionary(error => error.Key, error => string.Join(' ', error.Value!.AsArray().Select(message => (string?)message)));
    }
}
