namespace Layers.PatchGen.Generator.Tests;

public partial class DiagnosticTests
{
    private const string Row = """
        public class Row
        {
            public Guid Id { get; set; }
            public string Org { get; set; } = "";
            public int Version { get; set; }
            public TimeSpan Length { get; set; }
            [Timestamp] public byte[] Token { get; set; } = [];
            [System.ComponentModel.DataAnnotations.Schema.DatabaseGenerated(
                System.ComponentModel.DataAnnotations.Schema.DatabaseGeneratedOption.Computed)]
            public string? Computed { get; set; }
        }

        """;

    private const string Entity = """
        public class Box
        {
            public Dictionary<string, int> Sizes { get; set; } = [];
            public Inner? Inner { get; set; }
            public Side Side { get; set; } = new();
            public List<Line> Lines { get; set; } = [];
            public List<RecordLine> Records { get; set; } = [];
        }
        public class Line
        {
            [System.ComponentModel.DataAnnotations.Schema.DatabaseGenerated(
                System.ComponentModel.DataAnnotations.Schema.DatabaseGeneratedOption.Identity)]
            public int Id { get; set; }
            public string? Text { get; set; }
        }
        public record RecordLine { public int Id { get; set; } public string? Text { get; set; } }
        [Patch<Line>] public sealed partial record LinePatch { public partial string? Text { get; init; } }
        [Patch<RecordLine>] public sealed partial record RecordLinePatch { public partial string? Text { get; init; } }
        public class Inner { public string? Text { get; set; } }
        public class Side { public Inner? Depth { get; set; } }
        [Patch<Inner>] public sealed partial record InnerPatch { public partial string? Text { get; init; } }
        [Patch<Side>] public sealed partial record SidePatch { public partial InnerPatch? Depth { get; init; } }
        public static class Boxes
        {
            public static System.Threading.Tasks.Task Update(Microsoft.EntityFrameworkCore.DbSet<Box> boxes, P patch) =>
                Microsoft.EntityFrameworkCore.EntityFrameworkPatchQueryableExtensions.ExecutePatchAsync(boxes, patch);
        }

        """;

    private static readonly string EntityList = Entity
        .Replace("public class Box\n{", "public class Box\n{\n    public int Number { get; set; }", StringComparison.Ordinal)
        .Split("public static class Boxes")[0]
        + "[Patch<Box>, PatchEndpoint(\"/boxes/{number}\", Context = typeof(Context), SingleTenant = true)] public partial record P ";

    public static TheoryData<string, string, string, string> EndpointCases => new()
    {
        {
            "PG0011", "PatchEndpoint(\"/todos/{shelf}\", Context = typeof(Context))", "has no property 'shelf'",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{shelf}\", Context = typeof(Context))] public partial record P { }"
        },
        {
            "PG0011", "PatchEndpoint(\"/todos/{id:guid}\", Context = typeof(Context))", "must be a plain name",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id:guid}\", Context = typeof(Context))] public partial record P { }"
        },
        {
            "PG0011", "PatchEndpoint(\"/todos/{delay}\", Context = typeof(Context))", "string, Guid, int or long",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{delay}\", Context = typeof(Context))] public partial record P { }"
        },
        {
            "PG0011", "PatchEndpoint(\"/todos\", Context = typeof(Context))", "no parameter",
            "[Patch<Todo>, PatchEndpoint(\"/todos\", Context = typeof(Context))] public partial record P { }"
        },
        {
            "PG0011", "PatchEndpoint(\"/{id}/{ID}\", Context = typeof(Context))", "twice",
            "[Patch<Todo>, PatchEndpoint(\"/{id}/{ID}\", Context = typeof(Context))] public partial record P { }"
        },
        {
            "PG0012",
            "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))",
            "'PHandler', its handler, is declared; make that a 'partial class'",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public class "
            + "PHandler;"
        },
        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "'PHandler', its handler",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public delegate "
            + "void PHandler();"
        },
        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "'PHandler', its handler",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public static "
            + "partial class PHandler;"
        },
        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))", "without a base",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public partial "
            + "class PHandler : Exception;"
        },
        {
            "PG0012",
            "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))",
            "'PatchHandlerExtensions', which registers the handlers, is declared",
            "namespace Shop { public class PatchHandlerExtensions; } [Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = "
            + "typeof(Context))] public partial record P { }"
        },
        {
            "PG0008", "Text", "obsolete as an error",
            "public record Old { [Obsolete(\"\", true)] public string? Text { get; init; } } [Patch<Old>] public partial record P { "
            + "public partial string? Text { get; init; } }"
        },
        { "PG0009", "Patch<Hidden>", "local to its file", "[Patch<Hidden>] public partial record P { } file record Hidden;" },
        {
            "PG0008", "Text", "cannot be read",
            "public class Secret { public string? Text { private get; set; } } [Patch<Secret>] public partial record P { public "
            + "partial string? Text { get; init; } }"
        },
        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(JsonSerializerContext))", "not a JsonSerializerContext",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(JsonSerializerContext))] public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\")", "set Context",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\")] public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(string))", "not a JsonSerializerContext",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(string))] public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/notes/{text}\", Context = typeof(Context))", "exactly one [Key]",
            "[Patch<Note>, PatchEndpoint(\"/notes/{text}\", Context = typeof(Context))] public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/x/{id}\", Context = typeof(Context))", "needs a document",
            "[Patch, PatchEndpoint(\"/x/{id}\", Context = typeof(Context))] public partial record P { }"
        },

        {
            "PG0012", "PatchEndpoint(\"/todos/{id}\", Context = typeof(Context), SingleTenant = true)", "declare it as a class",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context), SingleTenant = true)] public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Version = \"Version\")", "Tenant = nameof(...)",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Version = \"Version\")] "
            + "public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Tenant = \"Org\", SingleTenant = true)",
            "remove one of them",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Tenant = \"Org\", SingleTenant = true)] "
            + "public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Tenant = \"Club\")",
            "no property 'Club', which Tenant names",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Tenant = \"Club\")] public partial record P { }"
        },
        {
            "PG0012", "PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), SingleTenant = true, Version = \"Length\")",
            "must be an int",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), SingleTenant = true, Version = \"Length\")] "
            + "public partial record P { }"
        },
        {
            "PG0008", "Version", "is its version, which each change advances",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), SingleTenant = true, Version = \"Version\")] "
            + "public partial record P { public partial int Version { get; init; } }"
        },
        {
            "PG0008", "Org", "is its tenant, which never changes",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), Tenant = \"Org\")] "
            + "public partial record P { public partial string Org { get; init; } }"
        },
        {
            "PG0008", "Computed", "is generated by the database",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), SingleTenant = true)] "
            + "public partial record P { public partial string? Computed { get; init; } }"
        },
        {
            "PG0008", "Token", "is its version, which each change advances",
            Row + "[Patch<Row>, PatchEndpoint(\"/rows/{id}\", Context = typeof(Context), SingleTenant = true)] "
            + "public partial record P { public partial byte[] Token { get; init; } }"
        },

        {
            "PG0027", "ExecutePatchAsync", "'Sizes' is merged with what the row has",
            Entity + "[Patch<Box>] public sealed partial record P { public partial Dictionary<string, int> Sizes { get; init; } }"
        },
        {
            "PG0027", "ExecutePatchAsync", "'Inner' may be null, and an UPDATE",
            Entity + "[Patch<Box>] public sealed partial record P { public partial InnerPatch? Inner { get; init; } }"
        },
        {
            "PG0027", "ExecutePatchAsync", "'Lines' has items of its own, which an UPDATE of the row does not reach",
            Entity + "[Patch<Box>] public sealed partial record P "
            + "{ [KeyedBy(\"Id\")] public partial Dictionary<int, LinePatch?> Lines { get; init; } }"
        },
        {
            "PG0030", "KeyedBy(\"Id\")", "'RecordLine' is a record or a struct, which a patch copies",
            EntityList + "{ [KeyedBy(\"Id\")] public partial Dictionary<int, RecordLinePatch?> Records { get; init; } }"
        },
        {
            "PG0030", "KeyedBy(\"Id\", AllowCreate = true)", "the key 'Line.Id' is generated by the database; remove AllowCreate",
            EntityList + "{ [KeyedBy(\"Id\", AllowCreate = true)] public partial Dictionary<int, LinePatch?> Lines { get; init; } }"
        },
        {
            "PG0027", "ExecutePatchAsync", "'Depth' may be null, and an UPDATE",
            Entity + "[Patch<Box>] public sealed partial record P { public partial SidePatch Side { get; init; } }"
        },

        {
            "PG0019", "PatchEndpoint(\"Todos/{key}\", Context = typeof(Context))", "is also that of 'P'",
            "[Patch<Todo>, PatchEndpoint(\"/todos/{id}\", Context = typeof(Context))] public partial record P { } public record "
            + "Other { [Key] public int Key { get; init; } } [Patch<Other>, PatchEndpoint(\"Todos/{key}\", Context = typeof(Context))] "
            + "public partial record Q { }"
        },
    };
}
