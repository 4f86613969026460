using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The registration of all handlers of an assembly.</summary>
internal static class RegistrationEmitter
{
    /// <summary>Writes <c>AddPatchHandlers</c> and <c>MapPatchHandlers</c>, in the namespace that is the assembly's name: an assembly and its tests may both have them.</summary>
    public static string Emit(RegistrationSpec registration)
    {
        SourceWriter writer = new SourceWriter()
            .Begin(
                "Registers and maps the handlers of this assembly.",
                Namespace(registration.AssemblyName),
                Alias.AspNetCore | Alias.Builder | Alias.Injection | Alias.Routing)
            .Generated("/// <summary>Registers and maps the PATCH handlers of this assembly.</summary>").Open("public static class PatchHandlerExtensions")
            .Line("/// <summary>Adds the handlers, and the services that they need.</summary>")
            .Line(Code.Call("public static PatchGenInjection.IServiceCollection AddPatchHandlers", "this PatchGenInjection.IServiceCollection services"), "").Open()
            .Line("PatchGenAspNetCore.PatchGenServices.AddPatchGen(services);");
        foreach (HandlerSpec handler in registration.Handlers)
        {
            writer.Line(Code.Generic("PatchGenInjection.ServiceCollectionServiceExtensions.AddSingleton", Qualified(handler)), "(services);");
        }

        writer.Line("return services;").Close().Line()
            .Line("/// <summary>Maps the endpoints of the handlers.</summary>").Line("/// <returns>Adds conventions to all of them.</returns>")
            .Line(Code.Call("public static PatchGenBuilder.IEndpointConventionBuilder MapPatchHandlers", "this PatchGenRouting.IEndpointRouteBuilder endpoints"), "").Open()
            .Line("PatchGenRouting.RouteGroupBuilder group = PatchGenBuilder.EndpointRouteBuilderExtensions.MapGroup(endpoints, \"\");");
        foreach (HandlerSpec handler in registration.Handlers)
        {
            Code service = Code.Generic("PatchGenInjection.ServiceProviderServiceExtensions.GetRequiredService", Qualified(handler)).Then("(endpoints.ServiceProvider)");
            writer.Line(Code.Call("PatchGenAspNetCore.PatchGenEndpoints.MapPatchHandler", "group", service), ";");
        }

        return writer.Line("return group;").Close().Close().Take();
    }

    private static string Qualified(HandlerSpec handler) =>
        $"global::{(handler.Namespace is { } name ? CSharpLiteral.Namespace(name) + "." : "")}{CSharpLiteral.Identifier(handler.Name)}";

    // Each part of the assembly's name, made an identifier.
    private static string Namespace(string assemblyName) => string.Join(".", assemblyName.Split('.').Select(static part =>
    {
        string name = new(part.Select(static c => char.IsLetterOrDigit(c) || c == '_' ? c : '_').ToArray());
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }));
}
