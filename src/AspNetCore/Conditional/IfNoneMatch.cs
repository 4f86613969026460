using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Validation;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The <c>If-None-Match</c> header of a request (RFC 9110 section 13.1.2), as a parameter of a minimal API endpoint or of an MVC action. In
/// a GET, it saves sending what the client already has:
/// <code>
/// if (!none.Allows(person.Version))
/// {
///     return none.Failed(person.Version); // 304
/// }
/// </code>
/// </summary>
/// <remarks>
/// It needs <c>AddPatchGen()</c>. A malformed header is 400 and never reaches the endpoint. Tags are compared weakly. For a request that
/// creates, <c>If-None-Match: *</c> means that there must be no document yet.
/// </remarks>
[ModelBinder(typeof(ConditionalHeaderBinder))]
[ValidateNever]
#pragma warning disable ASP0029 // Experimental, but only the platform's validation reads it, and AddValidation() is experimental as well.
[SkipValidation]
#pragma warning restore ASP0029
public sealed class IfNoneMatch : IBindableFromHttpContext<IfNoneMatch>, IEndpointParameterMetadataProvider
{
    private readonly EntityTags _tags;

    /// <summary>Creates one from a header, for tests that call an endpoint directly.</summary>
    /// <param name="header">The header; null if it was not sent.</param>
    /// <exception cref="FormatException">The header is malformed.</exception>
    public IfNoneMatch(string? header)
        : this(EntityTags.TryRead(header, out EntityTags tags) ? tags : throw new FormatException(Preconditions.Malformed.Message))
    {
    }

    private IfNoneMatch(EntityTags tags) => _tags = tags;

    /// <summary>Whether the request has the header.</summary>
    public bool WasSent => _tags.WereSent;

    /// <summary>
    /// Whether a document that exists may be sent or changed: the header was not sent, or does not include the version; <c>*</c> includes
    /// every document.
    /// </summary>
    /// <param name="version">The current version: a string, an integer, a <see cref="Guid"/>, or the bytes of a row version.</param>
    public bool Allows(EntityTag version) => !Preconditions.IsKnown(_tags, version);

    /// <summary>The response otherwise, with the current <c>ETag</c>: 304 for GET and HEAD, 412 for other methods.</summary>
    /// <param name="version">The current version.</param>
    /// <returns>A result of both minimal APIs and MVC.</returns>
#pragma warning disable CA1822 // Called as that of IfMatch.
    public IfNoneMatchResult Failed(EntityTag version) => new(version);
#pragma warning restore CA1822

    /// <summary>Reads the header. Called by the platform; a malformed header is recorded, not thrown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameter">Ignored.</param>
    public static ValueTask<IfNoneMatch?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Read(context));

    /// <summary>Adds metadata that describes the header, and a filter that responds to an invalid one. Called by the platform.</summary>
    /// <param name="parameter">Ignored.</param>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        PatchBodyServices.ThrowIfMissing(builder.ApplicationServices, nameof(IfNoneMatch));
        builder.Metadata.Add(new IfNoneMatchMetadata());
        ParameterErrors.AddFilter(builder);
    }

    internal static IfNoneMatch Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!EntityTags.TryRead(context.Request.Headers.IfNoneMatch, out EntityTags tags))
        {
            ParameterErrors.AddHeader(context, Preconditions.Malformed);
        }

        return new(tags);
    }
}

/// <summary>The response when <c>If-None-Match</c> includes the version of the document.</summary>
public sealed class IfNoneMatchResult : ActionResult, IResult
{
    private readonly EntityTag _version;

    internal IfNoneMatchResult(EntityTag version) => _version = version;

    /// <summary>Writes the response of a minimal API endpoint.</summary>
    /// <param name="httpContext">The request.</param>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        string method = httpContext.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            return ErrorResponse.WriteAsync(httpContext, Preconditions.Failed("The document", _version));
        }

        httpContext.Response.SetETag(_version);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task ExecuteResultAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ExecuteAsync(context.HttpContext);
    }
}
