using Microsoft.AspNetCore.Authentication;

namespace Layers.PatchGen.Host.Keys;

/// <summary>Registers authentication by API key.</summary>
internal static class ApiKeyServices
{
    // AddAuthentication() would also create data protection keys for cookies, in the home directory; there are no cookies here.
    public static IServiceCollection AddApiKeys(this IServiceCollection services, IReadOnlyList<ApiKey> keys)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = ApiKeyHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<ApiKeyOptions, ApiKeyHandler>(
            ApiKeyHandler.SchemeName, options => options.Keys = keys);
        return services;
    }
}
