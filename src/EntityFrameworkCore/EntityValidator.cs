using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>Creates the plan of an endpoint at start, so that what does not agree with the model is an error then.</summary>
internal sealed class EntityValidator<TContext, TEntity>(
    IServiceScopeFactory scopes, EntityPlans<TEntity> plans, IOptions<PatchGenOptions> options) : IDocumentSourceValidator<TEntity>
    where TContext : DbContext
    where TEntity : class
{
    public void Validate(PatchEndpoint endpoint, JsonTypeInfo<TEntity> json)
    {
        using IServiceScope scope = scopes.CreateScope();
        if (scope.ServiceProvider.GetRequiredService<IDocumentSource<TEntity>>() is not EntityDocumentSource<TContext, TEntity>)
        {
            // The application has its own.
            if (endpoint.Entity is not null)
            {
                throw new InvalidOperationException(
                    $"{endpoint.Pattern} names a Tenant, SingleTenant or Version, which an IDocumentSource<{typeof(TEntity).Name}> of the "
                    + "application does not use: remove them, or the source.");
            }

            return;
        }

        plans.Get(scope.ServiceProvider.GetRequiredService<TContext>(), endpoint, json);
        if (endpoint.Entity!.Tenant is { } tenant && options.Value.TenantClaim is null)
        {
            throw new InvalidOperationException(
                $"{endpoint.Pattern} finds {typeof(TEntity).Name} by the caller's tenant ({tenant}), but PatchGenOptions.TenantClaim "
                + "is not set, so that no caller has one.");
        }
    }
}
