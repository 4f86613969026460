using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The handler of an endpoint.</summary>
internal static class HandlerEmitter
{
    public static string Emit(PatchSpec patch, DocumentSpec document, EndpointSpec endpoint, SourceWriter writer)
    {
        string type = document.Code(), info = $"PatchGenMetadata.JsonTypeInfo<{type}>";
        string advice = CSharpLiteral.Of($"Add [JsonSerializable(typeof({document.DisplayName}))] to {endpoint.ContextName}.");

        writer.Begin($"The endpoint {endpoint.Pattern} of {patch.Name}.", patch.Namespace, Alias.AspNetCore | Alias.Documents | Alias.Metadata, document.Namespace);

        // Without an access modifier where it is internal: the user's half may have one, and both must agree.
        writer.Line($"/// <summary>Handles <c>PATCH {CSharpLiteral.Xml(endpoint.Pattern)}</c>. Declare the other half to override its hooks.</summary>")
            .Line(Code.Generic($"{(patch.IsPublic ? "public " : "")}partial class {CSharpLiteral.Identifier(endpoint.HandlerName)} : PatchGenAspNetCore.PatchHandler", patch.Name(), type), "")
            .Open();
        EmitDescription(endpoint, writer);
        writer.Line().Generated().Line("protected override PatchGenAspNetCore.PatchEndpoint Endpoint => Description;");
        writer.Line().Generated().Line($"protected override {info} DocumentJson =>").Indent()
            .Line(Code.Call($"({info}?){endpoint.Context}.Default.GetTypeInfo", $"typeof({type})"), "")
            .Line(Code.Call("?? throw new global::System.InvalidOperationException", advice), ";").Unindent();
        if (endpoint.Selectors.Count > 0)
        {
            EmitSelectors(patch, endpoint, writer);
        }

        return writer.Close().Take();
    }

    private static void EmitDescription(EndpointSpec endpoint, SourceWriter writer)
    {
        writer.Open("private static readonly PatchGenAspNetCore.PatchEndpoint Description = new()")
            .Line($"Pattern = {CSharpLiteral.Of(endpoint.Pattern)},")
            .Line($"Collection = {CSharpLiteral.Of(endpoint.Collection)},")
            .Line($"Resource = {CSharpLiteral.Of(endpoint.Resource)},")
            .LineIf(endpoint.Scope is not null, $"Scope = {CSharpLiteral.Of(endpoint.Scope)},")
            .LineIf(endpoint.ReadScope is not null, $"ReadScope = {CSharpLiteral.Of(endpoint.ReadScope)},")
            .LineIf(endpoint.RequireIfMatch, "RequireIfMatch = true,");
        EmitList("RouteParameters", [.. endpoint.RouteParameters.Select(Member)], writer);
        EmitList("Selectors", [.. endpoint.Selectors.Select(Member)], writer);
        writer.Close(";");
    }

    private static Code Member(EndpointMemberSpec member) => Code.Call(
        "new", CSharpLiteral.Of(member.Name), CSharpLiteral.Of(member.Target), $"PatchGenAspNetCore.EndpointMemberKind.{member.Kind}", CSharpLiteral.Of(member.IsKey));

    private static void EmitList(string property, Code[] items, SourceWriter writer) =>
        _ = items.Length == 0 ? writer : writer.Line(Code.List($"{property} = ", items), ",");

    private static void EmitSelectors(PatchSpec patch, EndpointSpec endpoint, SourceWriter writer)
    {
        writer.Line().Generated()
            .Line(Code.Call("protected override void AddSelectors", $"{patch.Name()} patch", "PatchGenAspNetCore.SelectorValues selectors"), "").Open();
        foreach (EndpointMemberSpec selector in endpoint.Selectors)
        {
            MemberSpec member = patch.Members.First(m => m.Name == selector.Property);
            string value = "patch." + member.Name(), name = CSharpLiteral.Of(selector.Name), local = "sent" + member.Name;
            _ = member.Type.IsNullable
                ? writer.If($"{value} is {{ }} {local}", $"selectors.Add({name}, {local});")
                : writer.If($"patch.Present.Contains({patch.Name()}.Members.{member.Name()})", $"selectors.Add({name}, {value});");
        }

        writer.Close();
    }
}
