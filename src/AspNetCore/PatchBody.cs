using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The patch in the body of a request, as a parameter of a minimal API endpoint or of an MVC action. It is read as strictly as by a
/// generated endpoint, within the limits of <see cref="PatchGenOptions.Read"/>. A body that is rejected (415, 413, 400, 403 of a fence,
/// 422) never reaches the endpoint: the <see cref="IPatchErrorWriter"/> writes the response. To evaluate <c>If-Match</c>, take an
/// <see cref="IfMatch"/> as well; without one, a request with this header is 412.
/// </summary>
/// <remarks>
/// It needs <c>AddPatchGen()</c>, and no store. The platform's own validation (<c>AddValidation()</c>, MVC's) skips it, since that would
/// report members that were not sent; the rules of the patch are checked while it is read.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
[ModelBinder(typeof(PatchBodyBinder))]
[ValidateNever]
#pragma warning disable ASP0029 // Experimental, but only the platform's validation reads it, and AddValidation() is experimental as well.
[SkipValidation]
#pragma warning restore ASP0029
public sealed class PatchBody<TPatch> : IPatchBody, IBindableFromHttpContext<PatchBody<TPatch>>, IEndpointParameterMetadataProvider
    where TPatch : IPatch<TPatch>
{
    private readonly BodyResult<TPatch> _result;
    private readonly SentBody? _sent; // null where the patch is known

    /// <summary>Creates a body with a patch, for tests that call an endpoint directly.</summary>
    /// <param name="patch">The patch.</param>
    public PatchBody(TPatch patch)
        : this(new BodyResult<TPatch>(patch)) => ArgumentNullException.ThrowIfNull(patch);

    private PatchBody(BodyResult<TPatch> result, SentBody? sent = null) => (_result, _sent) = (result, sent);

    /// <summary>The patch.</summary>
    /// <exception cref="InvalidOperationException">
    /// The body needs the document, since it is a JSON Patch or merges objects: call <see cref="For{TDocument}"/>. Only where
    /// <see cref="PatchGenOptions.Formats"/> is set. Or the body was rejected; endpoints are not called then.
    /// </exception>
    public TPatch Patch => _result.IsPatch(out TPatch? patch)
        ? patch
        : throw new InvalidOperationException(
            _result.Error is { } error ? $"The body was rejected: {error.Message}"
            : "The body is in a format that needs the document: call For(document) instead of Patch.");

    /// <summary>
    /// The patch for a document, whatever the format of the body. A body that is a JSON Patch, or a merge patch with objects for values
    /// without members of their own, is translated by the document; for all others the document does not matter.
    /// </summary>
    /// <param name="document">
    /// The document as it is now: pass what the response to a GET shows, and change it in the transaction that it was read in.
    /// </param>
    /// <param name="json">
    /// How responses write it; by default as <see cref="Microsoft.AspNetCore.Http.Json.JsonOptions"/> say. <c>[NotInResponse]</c> members
    /// do not exist for the body.
    /// </param>
    /// <exception cref="PatchRejectedException">
    /// The body is no patch of this document: 403, 409 or 422. Let it pass: the endpoint's response becomes that error.
    /// </exception>
    public TPatch For<TDocument>(TDocument document, JsonTypeInfo<TDocument>? json = null)
        where TDocument : notnull
    {
        ArgumentNullException.ThrowIfNull(document);
        if (_sent is null)
        {
            return Patch;
        }

        json ??= (JsonTypeInfo<TDocument>)_sent.Json.GetTypeInfo(typeof(TDocument));
        BodyFormats<TPatch> formats = BodyFormats<TPatch>.For(json);
        BodyResult<TPatch> body = (_sent.Format with { Formats = formats }).Read(new ReadOnlySequence<byte>(_result.Pending!.Sent));
        body = body.Pending?.For(formats.View.Apply(JsonSerializer.SerializeToUtf8Bytes(document, json))) ?? body;
        return body.IsPatch(out TPatch? patch) ? patch : throw new PatchRejectedException(body.Error!);
    }

#pragma warning disable CA1000 // The platform's interfaces require these members, and generated endpoints call them by these names.
    /// <summary>Reads the body. Called by the platform; a rejected body is recorded, not thrown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">Ignored.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static async ValueTask<PatchBody<TPatch>?> BindAsync(HttpContext context, ParameterInfo parameter) => await ReadAsync(context);

    /// <summary>Adds metadata that describes the body, and a filter that responds to a rejected body. Called by the platform.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(builder);
        PatchBodyServices.ThrowIfMissing(builder.ApplicationServices, "PatchBody");
        builder.Metadata.Add(PatchBodyDescription.Create<TPatch>());
        builder.Metadata.Add(new FormatsMetadata(PatchBodyServices.Options(builder.ApplicationServices).Formats));
        IfMatchMetadata.AddIfRead(parameter, builder);
        ParameterErrors.AddFilter(builder);
    }
#pragma warning restore CA1000

    internal static async Task<PatchBody<TPatch>> ReadAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (BodyResult<TPatch> result, BodyFormat<TPatch> format) =
            await ReadAsync(context, PatchBodyServices.Options(context.RequestServices));
        if (result.Error is { } error)
        {
            PatchTelemetry.Record(context, error);
            ParameterErrors.AddBody(context, error);
        }
        else
        {
            PatchTelemetry.Record(context, PatchTelemetry.Accepted);
        }

        return new(result, result.Pending is null ? null : new SentBody(format, context.RequestServices));
    }

    private static async ValueTask<(BodyResult<TPatch> Body, BodyFormat<TPatch> Format)> ReadAsync(
        HttpContext context, PatchGenOptions options)
    {
        if (RequestBody.CheckHeaders(context.Request, options.Read, options.Formats, out PatchFormats format) is { } rejected)
        {
            return (new(rejected), default);
        }

        var how = new BodyFormat<TPatch>(
            CallerOptions.For(context, options, TPatch.Table),
            format,
            format == PatchFormats.None ? null : BodyFormats<TPatch>.Unbound,
            options.MaxDocumentBytes);
        BodyResult<TPatch> result = await RequestBody.ReadAsync(context, how);

        // An endpoint that does not evaluate the header would overwrite what the client meant to protect.
        bool isIgnored = result.Error is null
            && options.RejectUnsupportedIfMatch
            && context.Request.Headers.IfMatch.Count > 0
            && IfMatchMetadata.Of(context) is null;
        return (isIgnored ? new(Preconditions.Unsupported) : result, how);
    }

    /// <summary>A body that needs the document.</summary>
    private sealed class SentBody(BodyFormat<TPatch> format, IServiceProvider services)
    {
        public BodyFormat<TPatch> Format => format;

        /// <summary>How minimal APIs write responses.</summary>
        public JsonSerializerOptions Json =>
            services.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
    }
}
