using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Options from code and configuration, and what <c>AddPatchGen</c> does not replace.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task Options_are_bound_to_configuration()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PatchGen:MaxDocumentBytes"] = "300",
            ["PatchGen:ScopeClaim"] = "scp",
            ["PatchGen:Formats"] = "MergePatch, JsonPatch",
            ["PatchGen:Read:MaxBytes"] = "50",
            ["PatchGen:Read:LiftedFences:0"] = "v2",
        }).Build();
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.Configure<PatchGenOptions>(configuration.GetSection("PatchGen")));
        PatchGenOptions options = app.Services.GetRequiredService<IOptions<PatchGenOptions>>().Value;
        Assert.Equal((300, "scp", 50), (options.MaxDocumentBytes, options.ScopeClaim, options.Read.MaxBytes));
        Assert.Equal(["v2"], options.Read.LiftedFences);
        Assert.Equal(PatchFormats.MergePatch | PatchFormats.JsonPatch, options.Formats);
        Assert.Equal(65_536, PatchReadOptions.Default.MaxBytes); // the shared default must not be changed by binding
        Assert.Equal(413, (await app.SendAsync("PATCH", "/counters/1", new string(' ', 60))).Status);
    }

    [Fact]
    public void The_default_limits_cannot_be_changed()
    {
        PatchReadOptions options = PatchReadOptions.Default;
        Assert.Throws<InvalidOperationException>(() => options.MaxBytes = 1);
        Assert.Throws<InvalidOperationException>(() => options.MaxDepth = 1);
        Assert.Throws<InvalidOperationException>(() => options.LiftedFences = ["v2"]);
        Assert.Equal((1, 65_536), ((options with { MaxBytes = 1 }).MaxBytes, options.MaxBytes));
        Assert.Equal(new PatchReadOptions(), options);
    }

    [Theory]
    [InlineData(0, "scope", "org", "MaxDocumentBytes")]
    [InlineData(1, " ", "org", "ScopeClaim")]
    [InlineData(1, "scope", "", "TenantClaim")]
    public void Invalid_options_are_an_error_at_start(int maxDocumentBytes, string scopeClaim, string? tenantClaim, string name)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => MiniApp.Build(
            new InMemoryDocumentStore(),
            services => services.AddPatchGen(options =>
                (options.MaxDocumentBytes, options.ScopeClaim, options.TenantClaim) = (maxDocumentBytes, scopeClaim, tenantClaim))));
        Assert.Contains($"PatchGenOptions.{name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_that_do_not_exist_are_an_error_at_start()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => MiniApp.Build(
            new InMemoryDocumentStore(), services => services.AddPatchGen(options => options.Formats = (PatchFormats)8)));
        Assert.Contains("PatchGenOptions.Formats is 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authorization_result_handler_of_the_application_is_kept()
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddSingleton<IAuthorizationMiddlewareResultHandler, TeapotHandler>());
        ApiResponse response = await app.SendAsync("PATCH", $"/owners/{Guid.Empty}/counters", "{}");
        Assert.Equal((418, "authorization of the application"), (response.Status, response.Text));
    }

    [Fact]
    public void AddPatchGen_keeps_the_authorization_result_handler_of_the_platform()
    {
        var services = new ServiceCollection();
        services.AddPatchGen();
        ServiceDescriptor handler = services.Last(service => service.ServiceType == typeof(IAuthorizationMiddlewareResultHandler));
        Assert.Equal(typeof(AuthorizationMiddlewareResultHandler), handler.ImplementationType);
    }

    private sealed class TeapotHandler : IAuthorizationMiddlewareResultHandler
    {
        public async Task HandleAsync(
            RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            await context.Response.WriteAsync("authorization of the application");
        }
    }
}
