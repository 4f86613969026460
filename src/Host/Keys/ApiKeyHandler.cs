using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Layers.PatchGen.Host.Keys;

/// <summary>The options of the scheme: the known keys.</summary>
public sealed class ApiKeyOptions : AuthenticationSchemeOptions
{
    public IReadOnlyList<ApiKey> Keys { get; set; } = [];
}

/// <summary>
/// Authenticates callers by their key, in <c>X-Api-Key</c> or as <c>Authorization: Bearer</c>. If both are sent, only <c>X-Api-Key</c>
/// counts.
/// </summary>
public sealed class ApiKeyHandler(IOptionsMonitor<ApiKeyOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<ApiKeyOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        StringValues header = Request.Headers["X-Api-Key"];
        if (header.Count == 0 && !TryGetBearer(out header))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        // A header that is sent twice is an error: choosing one would be a guess.
        ApiKey? key = header.Count == 1 ? ApiKey.Find(Options.Keys, header.ToString()) : null;
        return Task.FromResult(key is null
            ? AuthenticateResult.Fail("Unknown key.")
            : AuthenticateResult.Success(new AuthenticationTicket(key.Caller, Scheme.Name)));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await base.HandleChallengeAsync(properties);
        AuthenticateResult result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = result.None ? "Bearer" : "Bearer error=\"invalid_token\""; // RFC 6750 section 3.1
    }

    private bool TryGetBearer(out StringValues key)
    {
        StringValues authorization = Request.Headers.Authorization;
        key = authorization.Count == 1 && authorization[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim(' ')
            : authorization.Count > 1 ? authorization : StringValues.Empty;
        return key.Count > 0;
    }
}
