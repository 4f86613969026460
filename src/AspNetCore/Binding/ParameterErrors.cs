using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Why the parameters of a request were rejected: a feature of the request, recorded while they are bound, wherever they are: among the
/// parameters of an endpoint, or in an object of <c>[AsParameters]</c>. The endpoint is then not called.
/// </summary>
internal sealed class ParameterErrors
{
    private static readonly Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> Filter =
        static (_, next) => invocation =>
            Find(invocation.HttpContext) is { } error ? new(new PatchErrorResult(error)) : RunAsync(next, invocation);

    private PatchError? _body;
    private PatchError? _header;

    /// <summary>Records why the body was rejected.</summary>
    public static void AddBody(HttpContext context, PatchError error) => For(context)._body = error;

    /// <summary>Records why a conditional header was rejected. The first counts, and an error of the body precedes it.</summary>
    public static void AddHeader(HttpContext context, PatchError error) => For(context)._header ??= error;

    /// <summary>Adds the filter to a minimal API endpoint, once and before all other filters, which expect valid parameters.</summary>
    public static void AddFilter(EndpointBuilder builder)
    {
        if (!builder.FilterFactories.Contains(Filter))
        {
            builder.FilterFactories.Insert(0, Filter);
        }
    }

    // A body may turn out to be no patch of the document: PatchBody.For and ApplyTo throw then.
    private static async ValueTask<object?> RunAsync(EndpointFilterDelegate next, EndpointFilterInvocationContext invocation)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (ErrorOf(invocation.HttpContext, e) is { } error)
        {
            return new PatchErrorResult(error);
        }
    }

    private static PatchError? ErrorOf(HttpContext context, Exception exception) =>
        Rejections.ErrorOf(exception, PatchBodyServices.Options(context.RequestServices).Read.MaxProblems);

    private static PatchError? Find(HttpContext context) =>
        context.Features.Get<ParameterErrors>() is { } errors ? errors._body ?? errors._header : null;

    private static ParameterErrors For(HttpContext context)
    {
        if (context.Features.Get<ParameterErrors>() is not { } errors)
        {
            context.Features.Set(errors = new ParameterErrors());
        }

        return errors;
    }

    /// <summary>Responds instead of an MVC action. Runs before all other action filters, which expect valid parameters.</summary>
    public sealed class ActionFilter : IActionFilter, IOrderedFilter, IConfigureOptions<MvcOptions>
    {
        public int Order => int.MinValue;

        public void OnActionExecuting(ActionExecutingContext context)
        {
            if (Find(context.HttpContext) is { } error)
            {
                context.Result = new PatchErrorResult(error);
            }
        }

        public void OnActionExecuted(ActionExecutedContext context)
        {
            if (context is { Exception: { } exception, ExceptionHandled: false } && ErrorOf(context.HttpContext, exception) is { } error)
            {
                (context.Result, context.ExceptionHandled) = (new PatchErrorResult(error), true);
            }
        }

        public void Configure(MvcOptions options) => options.Filters.Add(this);
    }
}
