using System.Reflection;
using Layers.PatchGen.AspNetCore.Binding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Validation;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The patch in the body of a request, as a parameter of a hand-written minimal API endpoint or of an MVC action: read as strictly as by a generated endpoint, within the limits of
/// <see cref="PatchGenOptions.Read"/>. A body that is refused (415, 413, 400, 403 of a fence, 422) is answered before the endpoint runs, by the <see cref="IPatchErrorWriter"/>.
/// </summary>
/// <remarks>
/// It needs <c>AddPatchGen()</c>, and no store. The platform's own validation (<c>AddValidation()</c>, MVC's) leaves the patch alone: it would complain of members that were
/// not sent. The checks of the patch have been made when the endpoint gets it.
/// </remarks>
/// <typeparam name="TPatch">The patch.</typeparam>
[ModelBinder(typeof(PatchBodyBinder))]
[ValidateNever]
#pragma warning disable ASP0029 // The attribute may change with the platform's validation, which alone reads it; whoever calls AddValidation() has accepted that.
[SkipValidation]
#pragma warning restore ASP0029
public sealed class PatchBody<TPatch> : IPatchBody, IBindableFromHttpContext<PatchBody<TPatch>>, IEndpointParameterMetadataProvider
    where TPatch : IPatch<TPatch>
{
    private readonly BodyResult<TPatch> _result;

    private PatchBody(BodyResult<TPatch> result) => _result = result;

    /// <summary>The patch.</summary>
    /// <exception cref="InvalidOperationException">The body was refused. An endpoint is not called then.</exception>
    public TPatch Patch => _result.IsPatch(out TPatch? patch) ? patch : throw new InvalidOperationException($"The body was refused: {_result.Error!.Message}");

    PatchError? IPatchBody.Refusal => _result.Error;

#pragma warning disable CA1000 // The platform's interfaces ask for them, and generated endpoints call them by these names.
    /// <summary>Reads the body. Called by the platform; what is wrong with the body is kept, not thrown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">Not looked at.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static async ValueTask<PatchBody<TPatch>?> BindAsync(HttpContext context, ParameterInfo parameter) => await ReadAsync(context);

    /// <summary>Describes the body, and lets a refusal answer instead of the endpoint. Called by the platform.</summary>
    /// <param name="parameter">Not looked at.</param>
    /// <param name="builder">The endpoint.</param>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        PatchBodyServices.Check(builder.ApplicationServices);
        builder.Metadata.Add(PatchBodyDescription.Of<TPatch>());
        builder.FilterFactories.Insert(0, static (_, next) => invocation => // before all other filters, which expect a patch
            invocation.Arguments.OfType<IPatchBody>().FirstOrDefault()?.Refusal is { } refusal ? new(new Refusal(refusal)) : next(invocation));
    }
#pragma warning restore CA1000

    internal static async Task<PatchBody<TPatch>> ReadAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(await RequestBody.ReadAsync<TPatch>(context, PatchBodyServices.LimitsOf(context.RequestServices)));
    }
}
