namespace Layers.PatchGen.Generator.Emitters;

/// <content>The checks of a patch that was made in code: the rules that a body is read by.</content>
internal static partial class PatchEmitter
{
    private static void EmitChecks(PatchSpec patch, SourceWriter writer)
    {
        writer.Line().Lines($"""
            /// <summary>Checks the members that are present, by the rules that a body is read by: for a client, before it sends the patch.</summary>
            public {Readonly(patch)}{Runtime}PatchProblems Validate() => {Runtime}PatchProblemCollector.Check({(patch.Kind == PatchKind.Class ? "" : "in ")}this);

            """);
        writer.Open($"static void {Runtime}IPatch<{Name(patch)}>.Check(in {Name(patch)} patch, ref {Runtime}PatchProblemCollector problems)");
        foreach (MemberSpec member in patch.Members)
        {
            string name = CSharpLiteral.Of(member.JsonName), field = "patch." + StateField(patch, member), nullable = member.Type.IsNullable ? "Nullable" : "";
            string check = member.Codec switch
            {
                PatchCodec => $"Check{nullable}Patch({name}, {field})",
                OpenCodec => $"CheckOpen({field})",
                _ => $"Check{nullable}Value({name}, {Codec(patch, member)}, {field})",
            };
            writer.Lines($"if (patch.{Has(member)}) problems.{check};");
            for (int i = 0; i < member.Checks.Count; i++)
            {
                writer.Lines($"if (patch.{Has(member)}) problems.{Check(patch, member, i, field)};");
            }
        }

        if (patch.RequireAny)
        {
            writer.Lines("problems.CheckAny(patch.IsEmpty);");
        }

        writer.Close();
    }
}
