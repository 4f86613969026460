using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Answers with a document: its stored bytes, its entity tag.</summary>
internal static class DocumentAnswer
{
    /// <summary>200 and the document; to HEAD, the same without the body.</summary>
    public static async Task WriteAsync(HttpContext context, DocumentView view, StoredDocument document)
    {
        SetHeaders(context, document.Version);
        ReadOnlyMemory<byte> json = view.Of(document.Json);
        HttpResponse response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers["Accept-Patch"] = RequestContent.MediaType;
        response.ContentType = RequestContent.MediaType;
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(json);
        }
    }

    /// <summary>204, as <c>Prefer: return=minimal</c> asks.</summary>
    public static void WriteMinimal(HttpContext context, DocumentVersion version)
    {
        SetHeaders(context, version);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers["Preference-Applied"] = Preference.ReturnMinimal;
    }

    /// <summary>304: the client has this version.</summary>
    public static void WriteNotModified(HttpContext context, DocumentVersion version)
    {
        SetHeaders(context, version);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
    }

    private static void SetHeaders(HttpContext context, DocumentVersion version)
    {
        RequestId.Announce(context);
        context.Response.Headers.ETag = Preconditions.ETag(version);
        context.Response.Headers.CacheControl = "no-store";
    }
}
