using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Web;

/// <summary>Reads <c>multipart/form-data</c> (RFC 7578). No form of the site takes files this way: uploads go to blob storage.</summary>
internal static class MultipartBody
{
    /// <summary>RFC 2046 section 5.1.1.</summary>
    private const int MaximumBoundary = 70;

    public static async ValueTask<BodyFault?> ReadAsync(ReadOnlyMemory<byte> body, string? boundary, FieldCollector fields)
    {
        if (boundary is not { Length: > 0 and <= MaximumBoundary }) return BodyFault.BrokenForm;

        MemoryMarshal.TryGetArray(body, out var segment);
        using var stream = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        var reader = new MultipartReader(boundary, stream);
        using var content = new MemoryStream();
        try
        {
            while (await reader.ReadNextSectionAsync() is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)) return BodyFault.BrokenForm;
                if (disposition.IsFileDisposition()) return BodyFault.File;
                if (!disposition.IsFormDisposition()) return BodyFault.BrokenForm;

                content.SetLength(0);
                await part.Body.CopyToAsync(content);
                var value = FieldCollector.StrictUtf8.GetString(content.GetBuffer(), 0, (int)content.Length);
                if (!fields.TryAdd(HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), value)) return fields.TooMany;
            }

            return null;
        }
        catch (DecoderFallbackException)
        {
            return BodyFault.NotUtf8;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // How MultipartReader says that a boundary is missing, or that a part's headers are too long.
            return BodyFault.BrokenForm;
        }
    }
}
