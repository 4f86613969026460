using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The setters of one UPDATE, for <c>ExecutePatchAsync</c>.</summary>
internal static class UpdateEmitter
{
    public static void Emit(PatchSpec patch, SourceWriter writer)
    {
        UpdateSpec update = patch.Update!;
        string entity = patch.Document!.Code(), contract = patch.EntityInterface();
        writer.Generated()
            .Line($"static string? {contract}.Version => {(update.Version is null ? "null" : CSharp.Of(update.Version))};").Line()
            .Generated()
            .Line($"static PatchGenCollections.IReadOnlyList<PatchGenAspNetCore.EntityMember> {contract}.Members =>")
            .Indent().Line($"[{Members(update.Setters)}];").Unindent().Line().Generated();
        string setters = $"PatchGenQuery.UpdateSettersBuilder<{entity}> setters", now = "global::System.DateTimeOffset now";
        writer.Open($"static void {contract}.AddSetters({patch.Name()} patch, {setters}, {now})");
        Emit(update.Setters, "patch", $"{patch.Name()}.Members", "", 0, writer);
        if (patch.Document!.ChangedAt is { } changedAt)
        {
            writer.Line($"setters.SetProperty(static entity => entity.{CSharp.Identifier(changedAt.Name)}, "
                + $"{(changedAt.HasOffset ? "now" : "now.UtcDateTime")});");
        }

        writer.Close();
    }

    /// <summary>The interface that the package calls.</summary>
    public static string EntityInterface(this PatchSpec patch) =>
        $"PatchGenEntities.IEntityPatch<{patch.Name()}, {patch.Document!.Code()}>";

    private static void Emit(
        ImmutableEquatableArray<SetterSpec> setters, string patch, string members, string path, int depth, SourceWriter writer)
    {
        foreach (SetterSpec setter in setters)
        {
            string name = CSharp.Identifier(setter.Name), target = $"{path}.{CSharp.Identifier(setter.Target)}";
            string has = $"if ({patch}.Present.Contains({members}.{name}))", value = $"{patch}.{name}";
            if (setter.Obstacle is not null)
            {
                writer.Line($"{has} throw new global::System.NotSupportedException({CSharp.Of(setter.Reason())});");
            }
            else if (setter.Nested is not { } type)
            {
                string sent = setter.Converts ? $"{value} is {{ }} sent{setter.Name} ? ({setter.Type.Code})sent{setter.Name} : null"
                    : setter.IsTime ? $"{value}{(setter.Type.IsNullable ? "?" : "")}.ToUniversalTime()"
                    : value;
                writer.Line($"{has} setters.SetProperty<{setter.Type.Code}>(static entity => entity{target}, {sent});");
            }
            else
            {
                string nested = $"nested{(depth == 0 ? "" : CSharp.Of(depth))}";
                writer.Open(has).Line($"var {nested} = {value};");
                Emit(setter.Setters, nested, $"{type.Name}.Members", target, depth + 1, writer);
                writer.Close().Line();
            }
        }
    }

    /// <summary>Why a member cannot be set by one UPDATE, for people.</summary>
    public static string Reason(this SetterSpec setter) => $"'{setter.Name}' " + setter.Obstacle switch
    {
        UpdateObstacle.OptionalParent => "may be null, and an UPDATE of its columns would not create it",
        UpdateObstacle.List => "has items of its own, which an UPDATE of the row does not reach",
        UpdateObstacle.Merge => "is merged with what the row has, which an UPDATE cannot do",
        _ => "contains its own type, which has no end",
    } + "; load the entity and call ApplyTo";

    private static string Members(ImmutableEquatableArray<SetterSpec> setters) => string.Join(", ", setters
        .Where(static s => s.Obstacle != UpdateObstacle.List)
        .Select(static s =>
            s.Nested is null ? $"new({CSharp.Of(s.Target)})" : $"new({CSharp.Of(s.Target)}, [{Members(s.Setters)}])"));
}
