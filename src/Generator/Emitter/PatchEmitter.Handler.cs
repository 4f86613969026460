using System.Collections.Generic;
using System.Linq;

namespace Layers.PatchGen.Generator.Emitter;

/// <content>The endpoint: the handler of a patch, and the registration of all handlers of an assembly.</content>
internal static partial class PatchEmitter
{
    private const string AspNetCore = Runtime + "AspNetCore.";

    private static string EmitHandler(PatchSpec patch, DocumentSpec document, EndpointSpec endpoint, SourceWriter writer)
    {
        BeginFile(writer, $"the endpoint {endpoint.Pattern} of {patch.DisplayName}.");
        EmitNamespace(patch.Namespace, writer);

        // No access modifier: a half written by the user may carry one, and both must agree.
        writer.Lines($"/// <summary>Answers <c>{CSharpLiteral.Xml(endpoint.Pattern)}</c>. Declare the other half to override its hooks.</summary>")
            .Open($"{(patch.IsPublic ? "public " : "")}partial class {endpoint.HandlerName} : {AspNetCore}PatchHandler<{patch.FullName}, {document.Type}>");
        writer.Lines($"private static readonly {AspNetCore}PatchEndpoint Description = new()").Open();
        writer.Lines($"Pattern = {CSharpLiteral.Of(endpoint.Pattern)},");
        writer.Lines($"Collection = {CSharpLiteral.Of(endpoint.Collection)},");
        writer.Lines($"Resource = {CSharpLiteral.Of(endpoint.Resource)},");
        if (endpoint.Scope is not null)
        {
            writer.Lines($"Scope = {CSharpLiteral.Of(endpoint.Scope)},");
        }

        if (endpoint.ReadScope is not null)
        {
            writer.Lines($"ReadScope = {CSharpLiteral.Of(endpoint.ReadScope)},");
        }

        if (endpoint.RequireIfMatch)
        {
            writer.Lines("RequireIfMatch = true,");
        }

        EmitEndpointMembers("RouteParameters", endpoint.RouteParameters, writer);
        if (endpoint.Selectors.Count > 0)
        {
            EmitEndpointMembers("Selectors", endpoint.Selectors, writer);
        }

        writer.Close(";").Line();
        string info = $"{System}Text.Json.Serialization.Metadata.JsonTypeInfo<{document.Type}>";
        writer.Lines($"""
            /// <inheritdoc/>
            protected override {AspNetCore}PatchEndpoint Endpoint => Description;

            /// <inheritdoc/>
            protected override {info} DocumentJson =>
                ({info}?){endpoint.Context}.Default.GetTypeInfo(typeof({document.Type}))
                ?? throw new {System}InvalidOperationException({CSharpLiteral.Of($"Add [JsonSerializable(typeof({document.Type.Replace("global::", "")}))] to {endpoint.Context.Replace("global::", "")}.")});
            """);
        if (endpoint.Selectors.Count > 0)
        {
            writer.Line().Lines("/// <inheritdoc/>").Open($"protected override void AddSelectors({patch.FullName} patch, {AspNetCore}SelectorValues selectors)");
            foreach (EndpointMemberSpec selector in endpoint.Selectors)
            {
                MemberSpec member = patch.Members.First(m => m.Name == selector.Property);
                string value = "patch." + CSharpLiteral.Identifier(member.Name), local = "sent" + member.Name;
                string isSent = member.IsNullable ? $"{value} is {{ }} {local}" : $"patch.{Has(member).Replace("Members.", patch.FullName + ".Members.")}";
                writer.Lines($"if ({isSent}) selectors.Add({CSharpLiteral.Of(selector.Name)}, {(member.IsNullable ? local : value)});");
            }

            writer.Close();
        }

        return writer.Close().Take();
    }

    private static void EmitEndpointMembers(string property, IEnumerable<EndpointMemberSpec> members, SourceWriter writer)
    {
        string list = string.Join(", ", members.Select(static m =>
            $"new({CSharpLiteral.Of(m.Name)}, {CSharpLiteral.Of(m.Target)}, {AspNetCore}EndpointMemberKind.{m.Kind}, {CSharpLiteral.Of(m.IsKey)})"));
        writer.Lines($"{property} = [{list}],");
    }

    /// <summary>Writes <c>AddPatchHandlers</c> and <c>MapPatchHandlers</c> for the handlers of one assembly, in the namespace that is the assembly's name.</summary>
    public static string EmitRegistration(RegistrationSpec registration)
    {
        SourceWriter writer = BeginFile(SourceWriter.OfThread(), "registers and maps the handlers of this assembly.");
        EmitNamespace(registration.Namespace, writer);
        const string Services = "global::Microsoft.Extensions.DependencyInjection.";
        const string Routing = "global::Microsoft.AspNetCore.Routing.";
        const string Builder = "global::Microsoft.AspNetCore.Builder.";

        // In the assembly's own namespace, an assembly and its tests may both have one without being confused.
        writer.Lines("/// <summary>Registers and maps the PATCH handlers of this assembly.</summary>").Open("public static class PatchHandlerExtensions");
        writer.Lines("/// <summary>Adds the handlers, and the services that they need.</summary>")
            .Open($"public static {Services}IServiceCollection AddPatchHandlers(this {Services}IServiceCollection services)")
            .Lines($"{AspNetCore}PatchGenServices.AddPatchGen(services);");
        foreach (string handler in registration.Handlers)
        {
            writer.Lines($"{Services}ServiceCollectionServiceExtensions.AddSingleton<{handler}>(services);");
        }

        writer.Lines("return services;").Close().Line();
        writer.Lines("/// <summary>Maps the endpoints of the handlers.</summary>").Lines("/// <returns>What conventions can be added to, for all of them at once.</returns>")
            .Open($"public static {Builder}IEndpointConventionBuilder MapPatchHandlers(this {Routing}IEndpointRouteBuilder endpoints)")
            .Lines($"{Routing}RouteGroupBuilder group = {Builder}EndpointRouteBuilderExtensions.MapGroup(endpoints, \"\");");
        foreach (string handler in registration.Handlers)
        {
            writer.Lines($"{AspNetCore}PatchGenEndpoints.MapPatchHandler(group, {Services}ServiceProviderServiceExtensions.GetRequiredService<{handler}>(endpoints.ServiceProvider));");
        }

        return writer.Lines("return group;").Close().Close().Take();
    }
}
