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
/// 422) never reaches the endpoint: the <see cref="IPatchErrorWriter"/> writes the response.
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

    PatchError? IPatchBody.Error => _result.Error;

#pragma warning disable CA1000 // The platform's interfaces require these members, and generated endpoints call them by these names.
    /// <summary>Reads the body. Called by the platform; a rejected body is recorded, not thrown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">Ignored.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static async ValueTask<PatchBody<TPatch>?> BindAsync(HttpContext context, ParameterInfo parameter) => await ReadAsync(context);

    /// <summary>Adds metadata that describes the body, and a filter that responds to a rejected body. Called by the platform.</summary>
    /// <param name="parameter">Ignored.</param>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        PatchBodyServices.ThrowIfMissing(builder.ApplicationServices, "PatchBody");
        builder.Metadata.Add(PatchBodyDescription.Create<TPatch>());

        // Before all other filters, which expect a patch.
        builder.FilterFactories.Insert(0, static (_, next) => invocation =>
            invocation.Arguments.OfType<IPatchBody>().FirstOrDefault()?.Error is { } error
                ? new(new ErrorResult(error))
                : next(invocation));
    }
#pragma warning restore CA1000

    internal static async Task<PatchBody<TPatch>> ReadAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PatchReadOptions options = PatchBodyServices.ReadOptions(context.RequestServices);
        return new(RequestBody.CheckHeaders(context.Request, options) is { } error
            ? new BodyResult<TPatch>(error)
            : await RequestBody.ReadAsync<TPatch>(context, options));
    }
}
