namespace CitizenFocus.LocalHost.Functions;

/// <summary>How an invocation went.</summary>
internal abstract record InvocationResult
{
    public sealed record Succeeded : InvocationResult;

    public sealed record Failed(string Reason) : InvocationResult;
}
