using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Validation;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The <c>If-Match</c> header of a request (RFC 9110 section 13.1.1), as a parameter of a minimal API endpoint or of an MVC action. Check
/// the version of the document that you loaded, and save only if it still has this version:
/// <code>
/// if (!match.Allows(person.Version))
/// {
///     return match.Failed(person.Version); // 412
/// }
/// </code>
/// </summary>
/// <remarks>
/// It needs <c>AddPatchGen()</c>. A malformed header is 400, and a missing one 428 with <see cref="RequireIfMatchAttribute"/>; both never
/// reach the endpoint. A weak tag matches no version. Send the version with
/// <see cref="PatchGenHttpResponseExtensions.SetETag(HttpResponse, EntityTag)"/>.
/// </remarks>
[ModelBinder(typeof(ConditionalHeaderBinder))]
[ValidateNever]
#pragma warning disable ASP0029 // Experimental, but only the platform's validation reads it, and AddValidation() is experimental as well.
[SkipValidation]
#pragma warning restore ASP0029
public sealed class IfMatch : IBindableFromHttpContext<IfMatch>, IEndpointParameterMetadataProvider
{
    private readonly EntityTags _tags;

    /// <summary>Creates one from a header, for tests that call an endpoint directly.</summary>
    /// <param name="header">The header; null if it was not sent.</param>
    /// <exception cref="FormatException">The header is malformed.</exception>
    public IfMatch(string? header)
        : this(EntityTags.TryRead(header, out EntityTags tags) ? tags : throw new FormatException(Preconditions.Malformed.Message))
    {
    }

    private IfMatch(EntityTags tags) => _tags = tags;

    /// <summary>Whether the request has the header.</summary>
    public bool WasSent => _tags.WereSent;

    /// <summary>
    /// Whether a document may be changed: the header was not sent, is <c>*</c>, or includes the version. A document without a version is
    /// included in <c>*</c> only.
    /// </summary>
    /// <param name="version">The current version: a string, an integer, a <see cref="Guid"/>, or the bytes of a row version.</param>
    public bool Allows(EntityTag version) => Preconditions.IsMatch(_tags, version);

    /// <summary>The response when the document may not be changed: 412 with its current <c>ETag</c>.</summary>
    /// <param name="version">The current version.</param>
    /// <returns>A result of both minimal APIs and MVC.</returns>
    public PatchErrorResult Failed(EntityTag version) => new(Preconditions.NoMatch(_tags, "The document", version));

    /// <summary>Reads the header. Called by the platform; a malformed or missing header is recorded, not thrown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">Ignored.</param>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Read(context));

    /// <summary>Adds metadata that describes the header, and a filter that responds to an invalid one. Called by the platform.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(builder);
        PatchBodyServices.ThrowIfMissing(builder.ApplicationServices, nameof(IfMatch));
        builder.Metadata.Add(new IfMatchMetadata(parameter.IsDefined(typeof(RequireIfMatchAttribute), inherit: true)));
        ParameterErrors.AddFilter(builder);
    }

    internal static IfMatch Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!EntityTags.TryRead(context.Request.Headers.IfMatch, out EntityTags tags))
        {
            ParameterErrors.AddHeader(context, Preconditions.Malformed);
        }
        else if (!tags.WereSent && IfMatchMetadata.Of(context) is { IsRequired: true })
        {
            ParameterErrors.AddHeader(context, Preconditions.Required);
        }

        return new(tags);
    }
}
