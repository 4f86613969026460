using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Finds the <c>[NotInResponse]</c> members of a document at every depth, from its serializer contract, so that names are exactly those
/// that System.Text.Json writes. It does not reflect over types, so it works in trimmed and Native AOT applications.
/// </summary>
internal sealed class HiddenMembersBuilder
{
    private readonly JsonSerializerOptions _options;
    private readonly Dictionary<Type, int> _numbers = [];
    private readonly Dictionary<string, HiddenMembers> _made = [];

    private HiddenMembersBuilder(JsonSerializerOptions options) => _options = options;

    /// <summary>Returns what responses hide in a document; null for nothing.</summary>
    /// <exception cref="InvalidOperationException">The contract does not show it, or it could not be hidden.</exception>
    public static HiddenMembers? Build(JsonTypeInfo document)
    {
        var builder = new HiddenMembersBuilder(document.Options);
        HiddenMembers root = builder.OfDeclared(document);
        HashSet<HiddenMembers> hiding = builder.Hiding();
        if (!hiding.Contains(root))
        {
            return null;
        }

        if (document.Options.ReferenceHandler is { } handler && handler != ReferenceHandler.IgnoreCycles)
        {
            throw new InvalidOperationException(
                $"{document.Type.Name} has [NotInResponse] members, and its serializer context has a ReferenceHandler: "
                + "a visible member could refer to a hidden one. Remove one of the two.");
        }

        foreach (HiddenMembers made in builder._made.Values)
        {
            made.KeepBelow(hiding.Contains);
        }

        return root;
    }

    /// <summary>Whether a member is <c>[NotInResponse]</c>, or overrides one that is.</summary>
    public static bool IsHidden(JsonPropertyInfo property) => property.AttributeProvider switch
    {
        MemberInfo member => Attribute.IsDefined(member, typeof(NotInResponseAttribute), inherit: true),
        { } provider => provider.IsDefined(typeof(NotInResponseAttribute), inherit: true),
        null => throw new InvalidOperationException(
            $"The contract of {property.DeclaringType.Name} has no attributes for its member \"{property.Name}\", so it is unknown "
            + "whether it is [NotInResponse]. Generate the serializer context with the SDK of .NET 9 or later; "
            + "where the contract is customized, set JsonPropertyInfo.AttributeProvider."),
    };

    /// <summary>The members that are written or read. A contract also lists members with <c>[JsonIgnore]</c>, which are neither.</summary>
    public static IEnumerable<JsonPropertyInfo> MembersOf(JsonTypeInfo contract) =>
        contract.Kind != JsonTypeInfoKind.Object ? []
        : contract.Properties.Where(static property => property.Get is not null || property.Set is not null);

    /// <summary>The contract of a type. A nullable struct is written as the struct.</summary>
    public static JsonTypeInfo ContractOf(Type type, JsonSerializerOptions options)
    {
        JsonTypeInfo contract = options.GetTypeInfo(type);
        return contract is { Kind: JsonTypeInfoKind.Object or JsonTypeInfoKind.None, ElementType: { } inner }
            ? ContractOf(inner, options)
            : contract;
    }

    // First what hides something itself, then repeatedly what has such a value below it.
    private HashSet<HiddenMembers> Hiding()
    {
        HashSet<HiddenMembers> hiding = [.. _made.Values.Where(static made => made.HidesMembers)];
        int before;
        do
        {
            before = hiding.Count;
            hiding.UnionWith([.. _made.Values.Where(made => made.Below().Any(hiding.Contains))]);
        }
        while (hiding.Count > before);
        return hiding;
    }

    // For a value of this declared type.
    private HiddenMembers OfDeclared(JsonTypeInfo declared)
    {
        if (declared.PolymorphismOptions is not { DerivedTypes.Count: > 0 } polymorphism)
        {
            return OfContracts([declared]);
        }

        string key = $"{Number(declared)} and derived";
        if (_made.TryGetValue(key, out HiddenMembers? known))
        {
            return known;
        }

        // Without its discriminator, an object may have any of the types, and hides what any of them hides.
        var made = new HiddenMembers();
        _made.Add(key, made);
        Fill(made, [.. Alternatives(declared)]);
        var types = from derived in polymorphism.DerivedTypes
                    where derived.TypeDiscriminator is not null
                    select new HiddenMembers.DiscriminatedType(derived.TypeDiscriminator!, OfContracts([Contract(derived.DerivedType)]));
        made.Discriminator = new(polymorphism.TypeDiscriminatorPropertyName, [.. types]);
        return made;
    }

    // For a value that has one of these contracts; which one is unknown.
    private HiddenMembers OfContracts(JsonTypeInfo[] contracts)
    {
        string key = string.Join(',', contracts.Select(Number).Order());
        if (!_made.TryGetValue(key, out HiddenMembers? made))
        {
            made = new HiddenMembers();
            _made.Add(key, made);
            Fill(made, contracts);
        }

        return made;
    }

    private void Fill(HiddenMembers made, JsonTypeInfo[] contracts)
    {
        ILookup<bool, JsonPropertyInfo> members = contracts.SelectMany(MembersOf).ToLookup(static member => member.IsExtensionData);
        made.HidesOthers = members[true].Any(IsHidden);
        StringComparer comparer = _options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        foreach (IGrouping<string, JsonPropertyInfo> named in members[false].GroupBy(static member => member.Name, comparer))
        {
            bool isHidden = named.Any(IsHidden);
            IEnumerable<Type> types = named
                .Where(static member => member.CustomConverter is null)
                .Select(static member => member.PropertyType);
            made.Members.Add(new(named.Key, isHidden, isHidden ? null : OfTypes(types)));
        }

        // A list with a discriminator is written as an object with the array in it: {"$type":"a","$values":[]}.
        made.Items = OfElements(contracts, JsonTypeInfoKind.Enumerable);
        made.Others = OfElements(contracts, JsonTypeInfoKind.Dictionary) ?? (made.Items is null ? null : made);
    }

    private HiddenMembers? OfElements(JsonTypeInfo[] contracts, JsonTypeInfoKind kind) =>
        OfTypes(contracts.Where(contract => contract.Kind == kind).Select(static contract => contract.ElementType!));

    private HiddenMembers? OfTypes(IEnumerable<Type> types) => types.Distinct().Select(Contract).ToArray() switch
    {
        [] => null,
        [var declared] => OfDeclared(declared),
        var several => OfContracts([.. several.SelectMany(Alternatives).DistinctBy(static contract => contract.Type)]),
    };

    private IEnumerable<JsonTypeInfo> Alternatives(JsonTypeInfo declared) =>
        (declared.PolymorphismOptions?.DerivedTypes ?? [])
            .Select(derived => Contract(derived.DerivedType))
            .Prepend(declared)
            .DistinctBy(static contract => contract.Type);

    private JsonTypeInfo Contract(Type type) => ContractOf(type, _options);

    private int Number(JsonTypeInfo contract)
    {
        _numbers.TryAdd(contract.Type, _numbers.Count);
        return _numbers[contract.Type];
    }
}
