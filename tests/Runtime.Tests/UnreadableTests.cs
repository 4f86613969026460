using System.Text.Json.Serialization;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Types that a serializer context can write but not read: an error of the server, for every body.</summary>
public sealed partial class UnreadableTests
{
    [Fact]
    public void A_type_that_cannot_be_read_throws_on_first_use() =>
        AssertThrows(
            static () => LockedPatch.TryRead("""{"locked":{}}"""u8, out _, out _), $"{typeof(Locked)} can be written and not read: ");

    [Fact]
    public void A_type_that_contains_one_throws_as_well() =>
        AssertThrows(
            static () => OuterPatch.TryRead("""{"outers":[]}"""u8, out _, out _),
            $"{typeof(Locked)}, which is within {typeof(Outer)}, can be written and not read: ");

    [Theory]
    [InlineData("""{"point":{"x":1,"y":2},"shape":{"$type":"ball","size":1},"strict":{"name":"a"}}""", "")]
    [InlineData("""{"shape":{"size":1}}""", "Invalid /shape wrong_type")]
    [InlineData("""{"strict":{"name":""}}""", "Invalid /strict wrong_type")]
    public void Types_with_constructors_and_derived_types_are_read(string body, string errors)
    {
        if (errors.Length == 0)
        {
            Read.Ok<ReadablePatch>(body);
        }
        else
        {
            Assert.Equal(errors, Read.Errors<ReadablePatch>(body));
        }
    }

    private static void AssertThrows(Action read, string message)
    {
        Exception? thrown = Assert.Throws<TypeInitializationException>(read).InnerException;
        Assert.StartsWith(message, Assert.IsType<InvalidOperationException>(thrown).Message, StringComparison.Ordinal);
    }

    public sealed class Locked
    {
        private Locked()
        {
        }

        public string? Name { get; set; }
    }

    public sealed class Outer
    {
        public List<Dictionary<string, Locked>> Inner { get; set; } = [];
    }

    public sealed record Point(int X, int Y);

    [JsonDerivedType(typeof(Ball), "ball")]
    public abstract record Shape;

    public sealed record Ball(int Size) : Shape;

    /// <summary>Its constructor rejects an empty object.</summary>
    public sealed class Strict
    {
        public Strict(string name) => Name = string.IsNullOrEmpty(name) ? throw new ArgumentException("Empty.", nameof(name)) : name;

        public string Name { get; }
    }

    [Patch(Context = typeof(UnreadableJson))]
    internal sealed partial record LockedPatch
    {
        public partial Locked Locked { get; init; }
    }

    [Patch(Context = typeof(UnreadableJson))]
    internal sealed partial record OuterPatch
    {
        public partial Outer[] Outers { get; init; }
    }

    [Patch(Context = typeof(UnreadableJson))]
    internal sealed partial record ReadablePatch
    {
        public partial Point Point { get; init; }

        public partial Shape Shape { get; init; }

        public partial Strict Strict { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UnreadableTests.Locked))]
[JsonSerializable(typeof(UnreadableTests.Outer))]
[JsonSerializable(typeof(UnreadableTests.Point))]
[JsonSerializable(typeof(UnreadableTests.Shape))]
[JsonSerializable(typeof(UnreadableTests.Strict))]
internal sealed partial class UnreadableJson : JsonSerializerContext;
