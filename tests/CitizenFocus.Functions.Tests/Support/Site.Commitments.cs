using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Commitments;

namespace CitizenFocus.Functions.Tests.Support;

/// <content>Commitments as visitors and organisers handle them.</content>
internal sealed partial class Site
{
    /// <summary>What a visitor fills in.</summary>
    public static (string Name, string Value)[] ProposalFields(string email, string title = "Benches for all") =>
    [
        ("title", title), ("summary", "More to sit on."), ("text", "We put up **200 benches**."), ("organisation", "Bench Works"), ("city", "Ghent"), ("country", "BE"),
        ("topics", "streets, ageing"), ("name", "Anna Ash"), ("email", email), ("consent", "on"),
    ];

    /// <summary>Proposes a commitment by the form, and holds that it was taken.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> ProposeAsync(string email, string title = "Benches for all")
    {
        var response = await PostFormAsync("/commitments", ProposalFields(email, title));
        Assert.Equal((HttpStatusCode.SeeOther, "/commitments/propose/received"), (response.StatusCode, response.Headers.Location!.OriginalString));
        return await ProposalOfAsync(email) ?? throw new InvalidOperationException("The proposal is not there.");
    }

    /// <summary>The id of the proposal that came with this address; it stands in its own row alone.</summary>
    public async Task<string?> ProposalOfAsync(string email) =>
        (await RowsAsync(CommitmentStore.TableName, Functions.Hosting.Timeline.Partition)).Where(row => row.GetString("Email") == email).Select(Functions.Hosting.Timeline.IdOf).SingleOrDefault();

    /// <summary>Does with a commitment what the last part of the path says, as an organiser.</summary>
    public Task<HttpResponseMessage> OrganiseAsync(string id, string what, string? body = null, string? ifMatch = null) => SendJsonAsync(HttpMethod.Post, $"/api/commitments/{id}/{what}", body, headers =>
    {
        AsOrganiser(headers);
        if (ifMatch is not null) headers.IfMatch.Add(new(ifMatch));
    });

    public async Task OrganisedAsync(string id, string what, string? body = null)
    {
        var response = await OrganiseAsync(id, what, body);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{what}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>A commitment as an organiser reads it; any page of lists, too.</summary>
    public async Task<JsonNode> ReadApiAsync(string path, bool asOrganiser = true)
    {
        var response = await SendJsonAsync(HttpMethod.Get, path, headers: headers =>
        {
            if (asOrganiser) AsOrganiser(headers);
        });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Puts a commitment there as an organiser would.</summary>
    public async Task PutCommitmentAsync(string id, JsonObject body)
    {
        var response = await SendJsonAsync(HttpMethod.Put, $"/api/commitments/{id}", body.ToJsonString(), AsOrganiser);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    /// <summary>All that are listed for everybody, by their ids, the latest first.</summary>
    public async Task<IReadOnlyList<string>> ListedAsync(string query = "") =>
        [.. (await ReadApiAsync("/api/commitments" + query, asOrganiser: false))["commitments"]!.AsArray().Select(commitment => (string)commitment!["id"]!)];
}
