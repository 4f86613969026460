using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The services that <c>AddPatchGen()</c> registers and that are needed without a store.</summary>
internal static class PatchBodyServices
{
    public static PatchGenOptions Options(IServiceProvider services)
    {
        ThrowIfMissing(services, "PatchBody");
        return services.GetRequiredService<IOptions<PatchGenOptions>>().Value;
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
