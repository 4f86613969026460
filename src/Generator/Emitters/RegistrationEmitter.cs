namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The registration of all handlers of an assembly.</summary>
internal static class RegistrationEmitter
{
    private const string Summary = "Registers and maps the PATCH handlers of this assembly.";
    private const string Services = "PatchGenInjection.IServiceCollection";
    private const string Builder = "PatchGenBuilder.IEndpointConventionBuilder";
    private const string GetHandler = "PatchGenInjection.ServiceProviderServiceExtensions.GetRequiredService";

    private const string Class = "PatchHandlerExtensions";

    /// <summary>
    /// Writes <c>AddPatchHandlers</c> and <c>MapPatchHandlers</c>. Their namespace is the assembly's name, so that an assembly and its
    /// tests may both have them, unless a type has that name. The assembly itself needs no using directive for them.
    /// </summary>
    public static string Emit(RegistrationSpec registration)
    {
        SourceWriter writer = new SourceWriter().Generated($"/// <summary>{Summary}</summary>")
            .Open($"public static class {Class}")
            .Line("/// <summary>Adds the handlers, and the services that they need.</summary>")
            .Open($"public static {Services} AddPatchHandlers(this {Services} services)")
            .Line("PatchGenInjection.PatchGenServiceCollectionExtensions.AddPatchGen(services);");
        foreach (HandlerSpec handler in registration.Handlers)
        {
            writer.Line($"PatchGenInjection.ServiceCollectionServiceExtensions.AddSingleton<{Type(handler)}>(services);");
        }

        writer.Line("return services;").Close().Line()
            .Line("/// <summary>Maps the endpoints of the handlers.</summary>")
            .Line("/// <returns>Adds conventions to all of them.</returns>")
            .Open($"public static {Builder} MapPatchHandlers(this PatchGenRouting.IEndpointRouteBuilder endpoints)")
            .Line("PatchGenRouting.RouteGroupBuilder group = PatchGenBuilder.EndpointRouteBuilderExtensions.MapGroup(endpoints, \"\");");
        foreach (HandlerSpec spec in registration.Handlers)
        {
            string handler = $"{GetHandler}<{Type(spec)}>(endpoints.ServiceProvider)";
            writer.Line($"PatchGenBuilder.PatchGenEndpointRouteBuilderExtensions.MapPatchHandler(group, {handler});");
        }

        string? space = registration.Handlers[0].RegistrationNamespace;
        string? everywhere = space is null ? null : $"global using static global::{CSharp.Namespace(space)}.{Class};";
        return SourceFile.Text(writer.Line("return group;").Close().Close(), Summary, space, everywhere: everywhere);
    }

    private static string Type(HandlerSpec handler) =>
        $"global::{(handler.Namespace is { } name ? CSharp.Namespace(name) + "." : "")}{CSharp.Identifier(handler.Name)}";
}
