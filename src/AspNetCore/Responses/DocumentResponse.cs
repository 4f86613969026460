using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Writes responses with a document: its JSON and its entity tag.</summary>
internal static class DocumentResponse
{
    /// <summary>200 with the document; for HEAD without the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="json">The JSON that responses show.</param>
    /// <param name="tag">The entity tag.</param>
    /// <param name="acceptPatch">The media types of a patch (RFC 5789 section 3.1).</param>
    public static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> json, EntityTag tag, string acceptPatch)
    {
        SetHeaders(context, tag);
        HttpResponse response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers["Accept-Patch"] = acceptPatch;
        response.ContentType = RequestContent.MediaType;
        response.ContentLength = json.Length;
        if (context.Request.Method == HttpMethods.Head) // case-sensitive, as in the server
        {
            return Task.CompletedTask;
        }

        ValueTask<FlushResult> write = response.BodyWriter.WriteAsync(json);
        if (!write.IsCompletedSuccessfully)
        {
            return write.AsTask();
        }

        write.GetAwaiter().GetResult(); // returns what is pooled
        return Task.CompletedTask;
    }

    /// <summary>204, for <c>Prefer: return=minimal</c>.</summary>
    public static void WriteMinimal(HttpContext context, EntityTag tag)
    {
        SetHeaders(context, tag);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers["Preference-Applied"] = Preference.ReturnMinimal;
    }

    /// <summary>304: the client already has this version.</summary>
    public static void WriteNotModified(HttpContext context, EntityTag tag)
    {
        SetHeaders(context, tag);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
    }

    private static void SetHeaders(HttpContext context, EntityTag tag)
    {
        RequestId.SetHeader(context);
        context.Response.SetETag(tag);
        context.Response.Headers.CacheControl = "no-store";
    }
}
