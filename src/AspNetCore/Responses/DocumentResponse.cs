using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Writes responses with a document: its stored bytes and its entity tag.</summary>
internal static class DocumentResponse
{
    /// <summary>200 with the document; for HEAD without the body.</summary>
    public static async Task WriteAsync(HttpContext context, DocumentView view, StoredDocument document)
    {
        SetHeaders(context, document.Version);
        ReadOnlyMemory<byte> json = view.Apply(document.Json);
        HttpResponse response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers["Accept-Patch"] = RequestContent.MediaType;
        response.ContentType = RequestContent.MediaType;
        response.ContentLength = json.Length;
        if (context.Request.Method != HttpMethods.Head) // case-sensitive, as in the server
        {
            await response.BodyWriter.WriteAsync(json);
        }
    }

    /// <summary>204, for <c>Prefer: return=minimal</c>.</summary>
    public static void WriteMinimal(HttpContext context, DocumentVersion version)
    {
        SetHeaders(context, version);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers["Preference-Applied"] = Preference.ReturnMinimal;
    }

    /// <summary>304: the client already has this version.</summary>
    public static void WriteNotModified(HttpContext context, DocumentVersion version)
    {
        SetHeaders(context, version);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
    }

    private static void SetHeaders(HttpContext context, DocumentVersion version)
    {
        RequestId.SetHeader(context);
        context.Response.Headers.ETag = EntityTag.Of(version).ToString();
        context.Response.Headers.CacheControl = "no-store";
    }
}
