using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Testing;

/// <summary>Random documents, and what responses may contain of them, computed from the values.</summary>
public sealed class VaultSamples(Random random)
{
    /// <summary>The prefix of all values that must be hidden.</summary>
    public const string Top = "TOP";

    private int _count;

    public Vault Vault(string id) => new()
    {
        Vault_Id = id,
        __Shelf2Left = 1,
        Title = Shown(),
        Secret_Token = Hidden(),
        Renamed = Hidden(),
        Whole = Maybe(Safe),
        Base_Secret = Hidden(),
        Overridden = Hidden(),
        BaseShown = Shown(),
        Inner = Safe(),
        Place = Spot(),
        Maybe = random.Next(2) == 0 ? Spot() : null,
        Items = Many(() => Maybe(Safe)),
        Shelves = [.. Many(() => Many(Safe).ToArray())],
        Spots = [.. Many(Spot)],
        ByName = Many(Safe).Select((safe, i) => ($"Secret_Token{(i == 0 ? "" : i)}", safe)).ToDictionary(), // keys like hidden names
        ByNumber = Many(() => Many<Spot?>(() => random.Next(2) == 0 ? Spot() : null)).Select((list, i) => (i, list)).ToDictionary(),
        Pairs = Many(() => KeyValuePair.Create(Shown(), Safe())),
        Tree = Tree(4),
        Shapes = Many(() => random.Next(3) switch
        {
            0 => new Shape { Colour = Shown() },
            1 => new Circle { Colour = Shown(), Size = Hidden() },
            _ => new Square { Colour = Shown(), Size = Shown(), Corner = Maybe(Safe) },
        }),
        Face = random.Next(3) switch
        {
            0 => null,
            1 => new Face { Name = Shown(), True_Name = Hidden(), Rest = Rest().ToDictionary(
                pair => pair.Key, pair => (object)pair.Value) },
            _ => new Faces(Many(Spot)),
        },
        Written = Maybe(() => new Sealed(Shown())),
    };

    /// <summary>The document without the members whose values must be hidden.</summary>
    public static JsonNode? Shown(JsonNode? stored, string whole)
    {
        switch (stored)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members.ToList())
                {
                    string? text = value is JsonValue scalar && scalar.TryGetValue(out string? content) ? content : null;
                    if (name == whole || text?.StartsWith(Top, StringComparison.Ordinal) is true)
                    {
                        members.Remove(name);
                    }
                    else
                    {
                        Shown(value, whole);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Shown(item, whole);
                }

                break;
        }

        return stored;
    }

    private Safe Safe() => new() { Label = Shown(), Pin__Code = Hidden(), Where = Spot(), Rest = Rest() };

    private Spot Spot() => new(random.Next(), Hidden());

    private Tree Tree(int depth) => new()
    {
        Name = Shown(),
        Rings = Hidden(),
        Branches = Trees(depth),
        Roots = Trees(depth)?.Select((tree, i) => ($"rings{i}", (Tree?)tree)).ToDictionary(),
    };

    private List<Tree>? Trees(int depth) => depth == 0 || random.Next(4) == 0 ? null : Many(() => Tree(depth - 1));

    // Members that are not declared; one has the name of a member of another type.
    private Dictionary<string, JsonElement> Rest() =>
        Many(() => JsonSerializer.SerializeToElement(Hidden())).Select((value, i) => (i == 0 ? "Title" : $"rest{i}", value)).ToDictionary();

    private T? Maybe<T>(Func<T> make)
        where T : class => random.Next(3) == 0 ? null : make();

    private List<T> Many<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => make())];

    private string Shown() => $"shown {_count++} \" \\ , }} é";

    private string Hidden() => $"{Top}{_count++}\",{{[";
}
