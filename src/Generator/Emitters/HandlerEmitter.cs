using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The handler of an endpoint.</summary>
internal static class HandlerEmitter
{
    public static string Emit(PatchSpec patch, DocumentSpec document, EndpointSpec endpoint, SourceWriter writer)
    {
        string type = document.Code(), info = $"PatchGenMetadata.JsonTypeInfo<{type}>", pattern = CSharp.Xml(endpoint.Pattern);
        string advice = CSharp.Of($"Add [JsonSerializable(typeof({document.DisplayName}))] to {endpoint.ContextName}.");

        // Without an access modifier where it is internal: the user's half may have one, and both must agree.
        string head = $"{(endpoint.IsPublic ? "public " : "")}partial class {CSharp.Identifier(endpoint.HandlerName)}";
        writer.Line($"/// <summary>Handles <c>PATCH {pattern}</c>. Declare the other half to override its hooks.</summary>")
            .Open($"{head} : PatchGenAspNetCore.PatchHandler<{patch.Name()}, {type}>");
        EmitDescription(endpoint, writer);
        writer.Line().Generated().Line("protected override PatchGenAspNetCore.PatchEndpoint Endpoint => Description;")
            .Line().Generated().Line($"protected override {info} DocumentJson =>").Indent()
            .Line($"({info}?){endpoint.Context.Code()}.GetTypeInfo(typeof({type}))")
            .Line($"?? throw new global::System.InvalidOperationException({advice});").Unindent();
        if (endpoint.Selectors.Count > 0)
        {
            EmitSelectors(patch, endpoint, writer);
        }

        return SourceFile.Text(writer.Close(), $"The endpoint {endpoint.Pattern} of {patch.Name}.", patch.Namespace, document);
    }

    private static void EmitDescription(EndpointSpec endpoint, SourceWriter writer)
    {
        writer.Open("private static readonly PatchGenAspNetCore.PatchEndpoint Description = new()")
            .Line($"Pattern = {CSharp.Of(endpoint.Pattern)},")
            .Line($"Collection = {CSharp.Of(endpoint.Collection)},")
            .Line($"Resource = {CSharp.Of(endpoint.Resource)},")
            .LineIf(endpoint.Scope is not null, $"Scope = {CSharp.Of(endpoint.Scope)},")
            .LineIf(endpoint.ReadScope is not null, $"ReadScope = {CSharp.Of(endpoint.ReadScope)},")
            .LineIf(endpoint.RequireIfMatch, "RequireIfMatch = true,")
            .LineIf(endpoint.Formats != PatchFormats.None, $"Formats = {Formats(endpoint.Formats)},")
            .LineIf(endpoint.RouteParameters.Count > 0, $"RouteParameters = [{Members(endpoint.RouteParameters)}],")
            .LineIf(endpoint.Selectors.Count > 0, $"Selectors = [{Members(endpoint.Selectors)}],");
        if (endpoint.Entity is { } entity)
        {
            writer.Open("Entity = new()")
                .Line(entity.Tenant is null ? "IsSingleTenant = true," : $"Tenant = {CSharp.Of(entity.Tenant)},")
                .LineIf(entity.Version is not null, $"Version = {CSharp.Of(entity.Version)},")
                .Line($"Members = [{EntityMembers(entity.Members)}],")
                .Close(",");
        }

        writer.Close(";");
    }

    private static string EntityMembers(ImmutableEquatableArray<EntityMemberSpec> members) => string.Join(", ", members.Select(static m =>
        $"new({CSharp.Of(m.Name)}{(m.Members is null ? "" : $", [{EntityMembers(m.Members)}]")}{EntityList(m)})"));

    private static string EntityList(EntityMemberSpec member) => member.List is not { } list ? ""
        : $"{(member.Members is null ? ", List: " : ", ")}new({CSharp.Of(list.Key)}"
            + $"{(list.Creates ? ", Creates: true" : "")}{(list.Removes ? ", Removes: true" : "")})";

    private static string Formats(PatchFormats formats) => string.Join(" | ", new[] { PatchFormats.MergePatch, PatchFormats.JsonPatch }
        .Where(one => formats.HasFlag(one)).Select(static one => $"PatchGenAspNetCore.PatchFormats.{one}"));

    private static string Members(ImmutableEquatableArray<EndpointMemberSpec> members) => string.Join(", ", members.Select(static m =>
        $"new({CSharp.Of(m.Name)}, {CSharp.Of(m.Target)}, PatchGenAspNetCore.EndpointMemberKind.{m.Kind}, {CSharp.Of(m.IsKey)})"));

    private static void EmitSelectors(PatchSpec patch, EndpointSpec endpoint, SourceWriter writer)
    {
        writer.Line().Generated()
            .Open($"protected override void AddSelectors({patch.Name()} patch, PatchGenAspNetCore.SelectorValues selectors)");
        foreach (EndpointMemberSpec selector in endpoint.Selectors)
        {
            MemberSpec member = patch.Members.First(m => m.Name == selector.Property);
            string name = CSharp.Of(selector.Name), value = "patch." + member.Name(), sent = "sent" + member.Name;
            writer.Line(member.Type.IsNullable
                ? $"if ({value} is {{ }} {sent}) selectors.Add({name}, {sent});"
                : $"if (patch.Present.Contains({patch.Name()}.Members.{member.Name()})) selectors.Add({name}, {value});");
        }

        writer.Close();
    }
}
