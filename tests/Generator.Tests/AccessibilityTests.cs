namespace Layers.PatchGen.Generator.Tests;

/// <summary>Patches and documents of every accessibility: generated members are as accessible as the types in their signatures.</summary>
public class AccessibilityTests
{
    [Theory]
    [InlineData("internal", "public", "internal")]
    [InlineData("internal", "internal", "public")]
    [InlineData("public", "public", "public")]
    public void A_method_is_as_accessible_as_the_document(string document, string patch, string method)
    {
        GeneratorTest test = GeneratorTest.Run(GeneratorTest.Usings + $$"""
            {{document}} sealed record Entity { public string Name { get; set; } = ""; [ChangedAt] public DateTime At { get; set; } }
            {{document}} class Box<T> { public T? Content { get; set; } }
            [Patch<Entity>] {{patch}} sealed partial record EntityPatch { public partial string Name { get; init; } }
            [Patch<Box<Entity>>] {{patch}} readonly partial record struct BoxPatch { public partial EntityPatch? Content { get; init; } }

            internal static class Use
            {
                public static string Run()
                {
                    Box<Entity> box = new BoxPatch { Content = new EntityPatch { Name = "a" } }.ApplyTo(new(), out _);
                    return box.Content!.Name + EntityPatch.Diff(new(), box.Content).ToJson()
                        + Generic<EntityPatch, Entity>(new() { Name = "b" }, new());
                }

                private static string Generic<P, D>(P patch, D document)
                    where P : IPatch<P, D> => P.Diff(document, patch.ApplyTo(document, out _)).ToJson();
            }
            """);
        Assert.Contains($"{method} global::Entity ApplyTo(", test.Sources["EntityPatch.Document.g.cs"], StringComparison.Ordinal);
        Assert.Equal("""a{"name":"a"}{"name":"b"}""", test.Load().Call("Use", "Run"));
    }

    [Fact]
    public void Nested_and_private_types_compile() => GeneratorTest.Run(GeneratorTest.Usings + """
        public partial class Outer
        {
            private sealed record A { public string Name { get; set; } = ""; }
            protected class B { public string Name { get; set; } = ""; }
            private static partial class Inner
            {
                private enum Kind { Red }
                private record struct C { public Kind Kind { get; set; } public List<Kind>? Kinds { get; set; } }
                [Patch<A>] public sealed partial record AP { public partial string Name { get; init; } }
                [Patch<B>] internal sealed partial record BP { public partial string Name { get; init; } }
                [Patch<C>] private sealed partial record CP { public partial Kind Kind { get; init; }
                    public partial List<Kind>? Kinds { get; init; } }
                [Patch<List<C>>] internal sealed partial record DP { internal partial int Capacity { get; set; } }
            }

            [Patch<A>] private sealed partial record AP { public partial string Name { get; init; } }
            [Patch<B>] protected sealed partial record BP { public partial string Name { get; init; } }
            [Patch<B>] private protected sealed partial record EP { public partial string Name { get; init; } }
        }

        internal interface IKinds { internal enum Kind { Red } }
        public record D { internal IKinds.Kind Kind { get; set; } internal int Count { get; init; }
            public long Size { get; internal set; } }
        [Patch<D>] public sealed partial record P
        {
            internal partial IKinds.Kind Kind { get; init; }
            internal partial int Count { get; init; }
            public partial long Size { get; internal set; }
        }
        """);

    [Fact]
    public void A_nested_document_may_have_required_members() => GeneratorTest.Run(GeneratorTest.Usings + """
        using System.Diagnostics.CodeAnalysis;

        public record Note { public required string Text { get; init; } public required int Count;
            [SetsRequiredMembers] public Note() => Text = ""; }
        public record D { public Note? Note { get; init; } }
        [Patch<Note>] public sealed partial record NotePatch { public partial string Text { get; init; } }
        [Patch<D>] public sealed partial record P
        {
            [SetsRequiredMembers] public P() => Source = "";
            [JsonIgnore] public required string Source { get; init; }
            public partial NotePatch? Note { get; init; }
        }
        """);

    /// <summary>The handler is public if the patch and the document are, unless the user declares it otherwise.</summary>
    [Theory]
    [InlineData("public", "public", "", "public ")]
    [InlineData("public", "internal", "", "")]
    [InlineData("internal", "public", "", "")]
    [InlineData("public", "public", "internal sealed partial class PHandler { }", "")]
    [InlineData("public", "public", "public partial class PHandler : PatchHandler<P, D> { }", "public ")]
    [InlineData("public", "public", "partial class PHandler { private int Count => 1; }", "public ")]
    public void A_handler_is_as_accessible_as_its_types(string document, string patch, string half, string expected)
    {
        GeneratorTest test = GeneratorTest.RunUnchecked(GeneratorTest.Usings + $$"""
            {{document}} sealed record D { [Key] public string Id { get; init; } = ""; public string Name { get; init; } = ""; }
            [Patch<D>, PatchEndpoint("/d/{id}", Context = typeof(Context))] {{patch}}
                sealed partial record P { public partial string Name { get; init; } }
            {{half}}
            {{GeneratedCodeTests.Half("Context")}}
            """);
        Assert.Empty(test.Diagnostics());
        Assert.Contains($"\n{expected}partial class PHandler", test.Sources["P.Handler.g.cs"], StringComparison.Ordinal);
    }

    /// <summary>The registration is in a namespace with the assembly's name, or in the global namespace if a type has that name.</summary>
    [Theory]
    [InlineData("Shop", "namespace Shop;")]
    [InlineData("1.My-App", "namespace _1.My_App;")]
    [InlineData("D", null)]
    [InlineData("D.Api", null)]
    [InlineData("Other.Thing", null)]
    [InlineData("Other.Box", "namespace Other.Box;")]
    public void An_assembly_may_have_the_name_of_a_type(string assembly, string? expected)
    {
        GeneratorTest test = GeneratorTest.RunOn(GeneratorTest.Compile(GeneratorTest.Usings + $$"""
            public sealed record D { [Key] public string Id { get; init; } = ""; public string Name { get; init; } = ""; }
            [Patch<D>, PatchEndpoint("/d/{id}", Context = typeof(Context))] public sealed partial record P {
                public partial string Name { get; init; } }
            namespace Other { public class Thing; public class Box<T>; }
            {{GeneratedCodeTests.Half("Context")}}
            """).WithAssemblyName(assembly));
        string source = test.Sources["PatchHandlers.g.cs"];
        Assert.Equal(expected, source.Split('\n').FirstOrDefault(static line => line.StartsWith("namespace", StringComparison.Ordinal)));
    }
}
