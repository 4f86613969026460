using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore.Binding;

/// <summary>What a <see cref="PatchBody{TPatch}"/> needs of the application.</summary>
internal static class PatchBodyServices
{
    /// <summary>The limits of a body, and the fences that are lifted.</summary>
    public static PatchReadOptions LimitsOf(IServiceProvider services)
    {
        Check(services);
        return services.GetRequiredService<IOptions<PatchGenOptions>>().Value.Read;
    }

    /// <exception cref="InvalidOperationException">The services are missing.</exception>
    public static void Check(IServiceProvider services)
    {
        if (services.GetService<IPatchErrorWriter>() is null)
        {
            throw new InvalidOperationException("PatchBody needs its services: call AddPatchGen(), or the generated AddPatchHandlers().");
        }
    }
}
