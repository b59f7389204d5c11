using System.Net;
using System.Net.Http.Headers;
using CitizenFocus.EndToEnd.Tests.Pages;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>
/// Many people who register at once, each by JSON and under an address of their own. Whoever gets no answer, or a
/// server's error, tries again until there is one: as a person does, and so one registration stays one.
/// </summary>
internal sealed class RegistrationCrowd(HttpClient client, int people, int inFlight)
{
    private int _accepted;
    private int _failures;

    public IReadOnlyList<string> Addresses { get; } = [.. Enumerable.Range(1, people).Select(number => $"person.{number}@crowd.example")];

    /// <summary>How many were answered with 202 so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many tries failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public Task RegisterAllAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Addresses,
        new ParallelOptions { MaxDegreeOfParallelism = inFlight, CancellationToken = cancellationToken },
        async (address, stop) =>
        {
            while (!await TryRegisterAsync(address, stop)) Interlocked.Increment(ref _failures);
            Interlocked.Increment(ref _accepted);
        });

    /// <returns>Whether it was accepted; <see langword="false"/> where it is to be tried again.</returns>
    private async Task<bool> TryRegisterAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, ReceivedPage.Path)
            {
                Content = new StringContent($$"""{ "name": "Person", "email": "{{address}}", "consent": true }""", new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.Accept.Add(new("application/json"));
            using var answer = await client.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode >= 500) return false;

            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
