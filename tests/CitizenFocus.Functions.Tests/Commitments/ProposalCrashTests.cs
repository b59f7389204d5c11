using System.Net;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Commitments;

/// <summary>The process dies between any two calls to the storage, before or after the one took effect.</summary>
public sealed class ProposalCrashTests : IAsyncLifetime
{
    private readonly Announced _announced = new();
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(Announcing, ("Commitments:ProposalsPerMinute", "100000"));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Proposing_WithACrashAtAnyCall_IsAcknowledgedOnceOrWasNotTaken(bool afterTheCall)
    {
        var taken = 0;
        for (var crashAt = 1; ; crashAt++)
        {
            var anna = a.Address();
            await using var other = await _site.StartAnotherAsync();
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall);
            var response = await other.PostFormAsync("/commitments", Site.ProposalFields(anna));
            await RecoverAsync();

            var there = await _site.ProposalOfAsync(anna) is not null;
            Assert.Equal(there ? 1 : 0, _site.MailsTo(anna).Count);
            if (there) taken++;
            if (response.StatusCode == HttpStatusCode.SeeOther)
            {
                Assert.True(crashAt > 3, "Too few calls for it to have been taken and told.");
                Assert.True(there && taken > 1, "No crash came behind the commit.");
                return;
            }
        }
    }

    [Theory]
    [InlineData("publish", null, "published", false)]
    [InlineData("publish", null, "published", true)]
    [InlineData("decline", """{"reason":"No."}""", "declined", false)]
    [InlineData("decline", """{"reason":"No."}""", "declined", true)]
    public async Task Deciding_WithACrashAtAnyCall_IsToldOnceAndDoneOnceWhenAskedAgain(string what, string? body, string status, bool afterTheCall)
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var anna = a.Address();
            var id = await _site.ProposeAsync(anna);
            await _site.PumpAsync();
            await using var other = await _site.StartAnotherAsync(services: Announcing);
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall);
            var crashed = await other.OrganiseAsync(id, what, body);
            await RecoverAsync();

            // Nobody is told of what is not so, and everybody of what is.
            int Told() => _site.MailsTo(anna).Count - 1;
            Assert.Equal((string)(await _site.ReadApiAsync($"/api/commitments/{id}"))["status"]! == status ? 1 : 0, Told());
            await _site.OrganisedAsync(id, what, body);
            await RecoverAsync();
            Assert.Equal(1, Told());
            Assert.Equal(what == "publish" ? 1 : 0, (await ListedAfreshAsync(other)).Count(listed => listed == id));

            if (crashed.StatusCode == HttpStatusCode.OK)
            {
                Assert.True(crashAt > 4, "Too few calls for it to have been done and told.");
                return;
            }
        }
    }

    [Fact]
    public async Task Publishing_WhereItCannotBeAnnounced_PublishesNothing()
    {
        var id = await _site.ProposeAsync(a.Address());
        _announced.Fails = true;
        Assert.Equal(HttpStatusCode.InternalServerError, (await _site.OrganiseAsync(id, "publish")).StatusCode);
        Assert.Empty(await _site.ListedAsync());

        _announced.Fails = false;
        await _site.OrganisedAsync(id, "publish");

        Assert.Equal([id], await _site.ListedAsync());
        Assert.Equal((id, "streets,ageing", CommitmentStatus.Proposed), Assert.Single(_announced.All));
    }

    [Fact]
    public async Task Writes_WhoseFirstAnswersAreLost_AreDoneOnce()
    {
        var anna = a.Address();
        _site.Calls.Disturb = StorageCalls.LoseFirstAnswers;
        var id = await _site.ProposeAsync(anna);
        await _site.OrganisedAsync(id, "publish");
        await _site.PutCommitmentAsync("by-an-organiser", new() { ["title"] = "Ours" });
        _site.Calls.Disturb = null;
        await RecoverAsync();

        Assert.Single(_site.MailsTo(anna), mail => mail.Subject!.StartsWith("Published", StringComparison.Ordinal));
        Assert.Equal(new[] { id, "by-an-organiser" }.Order(StringComparer.Ordinal), (await _site.ListedAsync()).Order(StringComparer.Ordinal));
    }

    private async Task RecoverAsync()
    {
        await _site.PumpAsync(retry: true);
        await _site.FireTimerAsync(ProposerMail.FunctionName);
        await _site.PumpAsync();
        Assert.DoesNotContain(await _site.RowsAsync(CommitmentStore.TableName, CitizenFocus.Functions.Hosting.Timeline.Partition), row => row.RowKey.StartsWith("o|", StringComparison.Ordinal));
    }

    /// <summary>As a process reads them that has none in memory.</summary>
    private static async Task<IReadOnlyList<string>> ListedAfreshAsync(Site other)
    {
        other.Calls.Disturb = null;
        return [.. (await other.Services.GetRequiredService<CommitmentService>().ListAsync(null, 900, default)).Commitments.Select(commitment => commitment.Id)];
    }

    private void Announcing(IServiceCollection services) =>
        services.AddSingleton(_announced).AddSingleton<ICommitmentPublication, RecordingPublication>();

    private sealed class Announced
    {
        public List<(string Commitment, string Topics, CommitmentStatus? Status)> All { get; } = [];

        public bool Fails { get; set; }
    }

    /// <summary>Notes what is announced, and what it is at that time.</summary>
    private sealed class RecordingPublication(Announced announced, CommitmentService commitments) : ICommitmentPublication
    {
        public async Task AnnounceAsync(string commitment, IReadOnlyList<string> topics, CancellationToken cancellationToken)
        {
            if (announced.Fails) throw new InjectedFault();
            announced.All.Add((commitment, string.Join(',', topics), (await commitments.FindAsync(commitment, cancellationToken))?.Status));
        }
    }
}
