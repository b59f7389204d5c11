using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>Measures each call to storage, its retries one by one, and shows it in the trace.</summary>
/// <param name="service"><c>table</c>, <c>queue</c> or <c>blob</c>.</param>
internal sealed class StorageCallPolicy(string service) : HttpPipelinePolicy
{
    private static readonly Histogram<double> Duration = Instrumentation.Meter.CreateHistogram<double>(
        "azure.storage.client.operation.duration", "s", "How long a call to storage took, by operation and status.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!Duration.Enabled && !Instrumentation.Source.HasListeners())
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        var operation = Of(message.Request);
        using var activity = Instrumentation.Source.StartActivity(operation.Resource is { } resource ? $"{operation.Name} {resource}" : operation.Name, ActivityKind.Client);
        var tags = new TagList { { "azure.storage.service", service }, { "azure.storage.operation", operation.Name } };
        if (operation.Resource is not null) tags.Add("azure.storage.resource", operation.Resource);
        foreach (var (name, value) in tags) activity?.SetTag(name, value);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
            var status = message.Response.Status;
            tags.Add("http.response.status_code", status);
            activity?.SetTag("http.response.status_code", status);
            if (status >= 400) tags.Add(Instrumentation.Tags.Error, status.ToString(CultureInfo.InvariantCulture));

            // A conflict or a miss is an answer like others here.
            if (status is >= 500 or 429) activity?.SetStatus(ActivityStatusCode.Error);
        }
        catch (Exception e)
        {
            tags.Add(Instrumentation.Tags.Error, e.GetType().FullName);
            activity.Failed(e);
            throw;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    private StorageOperation Of(Request request)
    {
        var (method, path, query) = (request.Method.Method, request.Uri.ToUri().AbsolutePath, request.Uri.Query ?? "");
        return service switch
        {
            "table" => StorageOperation.OfTable(method, path),
            "queue" => StorageOperation.OfQueue(method, path, query),
            _ => StorageOperation.OfBlob(method, query),
        };
    }
}
