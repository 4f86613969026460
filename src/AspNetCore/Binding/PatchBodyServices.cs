using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The services that <c>AddPatchGen()</c> registers and that are needed without a store.</summary>
internal static class PatchBodyServices
{
    /// <summary>The limits of a body, and the fences that are lifted.</summary>
    public static PatchReadOptions ReadOptions(IServiceProvider services)
    {
        ThrowIfMissing(services, "PatchBody");
        return services.GetRequiredService<IOptions<PatchGenOptions>>().Value.Read;
    }

    /// <exception cref="InvalidOperationException">The services are missing.</exception>
    public static void ThrowIfMissing(IServiceProvider services, string feature)
    {
        if (services.GetService<IPatchErrorWriter>() is null)
        {
            throw new InvalidOperationException($"{feature} needs its services: call AddPatchGen() or the generated AddPatchHandlers().");
        }
    }
}
