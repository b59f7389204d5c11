using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>
/// Deque's axe, all its rules. Their package for Playwright puts the results together in a tab of its own, for the sake of
/// frames, and describes all that passed: that takes several times as long as to judge the page.
/// </summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run({ resultTypes: ["violations"] })).violations
          .map(rule => `${rule.help}: ${rule.nodes.map(node => node.html).join(", ")}`)
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What axe finds wrong with a page that has no frames.</summary>
    public static async Task<string[]> FindViolationsAsync(IPage page)
    {
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
