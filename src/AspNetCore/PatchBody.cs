using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
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

    /// <summary>Creates a body with a patch, for tests that call an endpoint directly.</summary>
    /// <param name="patch">The patch.</param>
    public PatchBody(TPatch patch)
        : this(new BodyResult<TPatch>(patch)) => ArgumentNullException.ThrowIfNull(patch);

    private PatchBody(BodyResult<TPatch> result) => _result = result;

    /// <summary>The patch.</summary>
    /// <exception cref="InvalidOperationException">The body was rejected. Endpoints are not called then.</exception>
    public TPatch Patch => _result.IsPatch(out TPatch? patch)
        ? patch
        : throw new InvalidOperationException($"The body was rejected: {_result.Error!.Message}");

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
        IfMatchMetadata.AddIfRead(parameter, builder);
        ParameterErrors.AddFilter(builder);
    }
#pragma warning restore CA1000

    internal static async Task<PatchBody<TPatch>> ReadAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BodyResult<TPatch> result = await ReadAsync(context, PatchBodyServices.Options(context.RequestServices));
        if (result.Error is { } error)
        {
            PatchTelemetry.Record(context, error);
            ParameterErrors.AddBody(context, error);
        }
        else
        {
            PatchTelemetry.Record(context, PatchTelemetry.Accepted);
        }

        return new(result);
    }

    private static async ValueTask<BodyResult<TPatch>> ReadAsync(HttpContext context, PatchGenOptions options)
    {
        if (RequestBody.CheckHeaders(context.Request, options.Read, options.Formats, out PatchFormats format) is { } rejected)
        {
            return new(rejected);
        }

        BodyResult<TPatch> result = await RequestBody.ReadAsync(
            context,
            new BodyFormat<TPatch>(CallerOptions.For(context, options, TPatch.Table), format, null, options.MaxDocumentBytes));

        // An endpoint that does not evaluate the header would overwrite what the client meant to protect.
        return result.Error is null
            && options.RejectUnsupportedIfMatch
            && context.Request.Headers.IfMatch.Count > 0
            && IfMatchMetadata.Of(context) is null
            ? new(Preconditions.Unsupported)
            : result;
    }
}
