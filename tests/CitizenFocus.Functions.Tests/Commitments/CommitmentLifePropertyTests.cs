using System.Net;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Commitments;

/// <summary>Whatever organisers do, in whatever order, twice, at once, and with a process that dies.</summary>
public sealed class CommitmentLifePropertyTests : IAsyncLifetime
{
    private static readonly string[] Moves = ["publish", "decline", "withdraw", "edit"];
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(null, ("Commitments:ProposalsPerMinute", "100000"));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Commitments_WhateverHappens_AreInTheOneListOfTheirStatusAndNobodyIsToldTwice()
    {
        var step = from move in Gen.Elements(Moves) from crashAt in Gen.Choose(0, 6) from how in Gen.Choose(0, 2) select (move, crashAt, how);
        await using var other = await _site.StartAnotherAsync();
        await Task.Run(() => Prop.ForAll(step.ArrayOf(6).ToArbitrary(), steps => RunAsync(other, steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(25)));
    }

    /// <param name="other">The process that dies.</param>
    /// <param name="steps">What is asked; at which call the process dies, 0: it does not; and how: before the call, after it, or twice at once without dying.</param>
    private async Task RunAsync(Site other, IReadOnlyList<(string Move, int CrashAt, int How)> steps)
    {
        var anna = a.Address();
        var id = await _site.ProposeAsync(anna);
        foreach (var (move, crashAt, how) in steps)
        {
            if (how == 2)
            {
                await Task.WhenAll(MoveAsync(_site, id, move), MoveAsync(other, id, move));
                continue;
            }

            if (crashAt > 0) other.Calls.Disturb = StorageCalls.CrashAt(crashAt, how == 1);
            await MoveAsync(other, id, move);
            other.Calls.Disturb = null;
            await _site.PumpAsync();
        }

        await _site.FireTimerAsync(ProposerMail.FunctionName);
        await _site.PumpAsync();

        var commitment = (await _site.Services.GetRequiredService<CommitmentService>().FindAsync(id, default))!;
        foreach (var status in Enum.GetValues<CommitmentStatus>())
        {
            var (listed, _) = await _site.Services.GetRequiredService<CommitmentStore>().ListAsync(status, null, 900, default);
            Assert.Equal(status == commitment.Status ? 1 : 0, listed.Count(one => one.Id == id && one.Title == commitment.Title));
            Assert.Equal(status == commitment.Status ? 1 : 0, listed.Count(one => one.Id == id));
        }

        var kinds = _site.MailsTo(anna).Select(mail => mail.Subject!.Split(':')[0]).ToList();
        Assert.Equal(kinds.Distinct(), kinds);
        if (commitment.Status == CommitmentStatus.Published) Assert.Contains("Published", kinds);
        if (commitment.Status == CommitmentStatus.Declined) Assert.Contains("Not published", kinds);
    }

    private static async Task MoveAsync(Site site, string id, string move)
    {
        if (move != "edit")
        {
            await site.OrganiseAsync(id, move, move == "decline" ? """{"reason":"No."}""" : null);
            return;
        }

        var read = await site.SendJsonAsync(HttpMethod.Get, $"/api/commitments/{id}", headers: Site.AsOrganiser);
        if (read.StatusCode != HttpStatusCode.OK) return;
        await site.SendJsonAsync(HttpMethod.Put, $"/api/commitments/{id}", """{"title":"Edited"}""", headers =>
        {
            Site.AsOrganiser(headers);
            headers.IfMatch.Add(read.Headers.ETag!);
        });
    }
}
