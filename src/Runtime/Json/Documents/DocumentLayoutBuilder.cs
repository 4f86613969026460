using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// Derives the layout of documents from their contract and the members of their patch. A contract that writes or reads documents in a way
/// that bytes alone cannot follow has none, and <see cref="Reason"/> says why.
/// </summary>
/// <param name="writing">How the documents are written.</param>
internal sealed class DocumentLayoutBuilder(JsonWriterOptions writing)
{
    // Also those that are being built: a document can contain its own type. Only the whole document has a time of change.
    private readonly Dictionary<(MemberTable Table, Type Type, bool IsWhole), DocumentLayout> _layouts = [];

    /// <summary>Why there is no layout.</summary>
    public string? Reason { get; private set; }

    /// <summary>The members that need the object when they are sent, each with the reason.</summary>
    public List<string> Exceptions { get; } = [];

    /// <summary>Builds the layout of a whole document.</summary>
    /// <param name="contract">The contract of the document.</param>
    /// <param name="table">The members of the patch.</param>
    public DocumentLayout? Build(JsonTypeInfo contract, MemberTable table)
    {
        contract.MakeReadOnly();
        Reason = ContractLimits.Of(contract.Options);
        return Reason is null ? Object(contract, table, isWhole: true) : null;
    }

    private DocumentLayout? Object(JsonTypeInfo contract, MemberTable table, bool isWhole)
    {
        if (_layouts.TryGetValue((table, contract.Type, isWhole), out DocumentLayout? known))
        {
            return known;
        }

        if ((ContractLimits.Of(contract) ?? table.DocumentCode) is { } reason)
        {
            return Reject(contract, reason);
        }

        var layout = new DocumentLayout(contract, writing);
        _layouts.Add((table, contract.Type, isWhole), layout);
        Dictionary<string, MemberRow> rows = table.Rows.Where(static row => !row.Info.IsSelector)
            .ToDictionary(static row => row.DocumentProperty, StringComparer.Ordinal);
        var members = new List<DocumentMember>();

        // A stable sort: properties of one order are written as they are listed.
        foreach (JsonPropertyInfo property in contract.Properties.OrderBy(static property => property.Order))
        {
            rows.Remove(ContractLimits.DeclaredName(property) ?? "", out MemberRow? row);
            if (property.IsExtensionData)
            {
                layout.Names = NamesOf(contract);
                layout.Open = new DocumentMember(property) { Row = row };
                Reason ??= row is null or { IsOpen: true } ? null : Because(property, "collects the members that are not declared");
            }
            else if (property.Get is not null)
            {
                members.Add(Member(property, row, isWhole));
            }
            else if (row is not null)
            {
                Reason ??= Because(property, "is not written");
            }
        }

        layout.Members = [.. members];
        if (Reason is null && rows.Count > 0)
        {
            Reason = $"{contract.Type.Name}.{rows.Keys.First()} is not in its JSON";
        }

        return Reason is null ? layout : null;
    }

    private DocumentMember Member(JsonPropertyInfo property, MemberRow? row, bool isWhole)
    {
        bool canBeNull = ContractLimits.CanBeNull(property), isTime = isWhole && ContractLimits.IsTimeOfChange(property);
        Reason ??= ContractLimits.Of(property) is { } reason ? Because(property, reason) : null;
        var member = new DocumentMember(property)
        {
            Row = row,
            CanBeNull = canBeNull,
            IsTime = isTime,
            IsOptional = canBeNull && ContractLimits.ConditionOf(property) is not JsonIgnoreCondition.Never,
        };
        if (Reason is not null || (row is null && !isTime))
        {
            return member;
        }

        if (Bind(member, property) is { } exception)
        {
            member.NeedsObject = true;
            Exceptions.Add(Because(property, exception));
            Reason = isTime ? Exceptions[^1] : Reason;
        }

        return member;
    }

    /// <summary>Finds out how a value that is sent is written.</summary>
    /// <returns>Why that needs the object; null if it does not.</returns>
    private string? Bind(DocumentMember member, JsonPropertyInfo property)
    {
        if (ContractLimits.OfChanged(property) is { } reason)
        {
            return reason;
        }

        if (!property.Options.TryGetTypeInfo(property.PropertyType, out JsonTypeInfo? type))
        {
            return "has a type without a contract";
        }

        if (member.Row is { Nested: { Path.Length: 0, Table: { } nested } })
        {
            member.Nested = Object(Contents(type), nested, isWhole: false);
            return null;
        }

        member.Type = member.Row is null ? type : member.Row.TypeIn(type);
        member.IsExact = member.Type is not null && ContractLimits.IsExact(member.Type);
        return member.Type is not null ? null
            : member.Row is { KeyProperty: not null } ? "is a list, which is merged by key"
            : member.Row is { Nested: not null } or { IsOpen: true } ? "is a dictionary, which is merged by key"
            : "has another type than the member of the patch";
    }

    // The contract of the struct in a nullable one.
    private static JsonTypeInfo Contents(JsonTypeInfo type) =>
        Nullable.GetUnderlyingType(type.Type) is { } inner ? type.Options.GetTypeInfo(inner) : type;

    private static PatchNames NamesOf(JsonTypeInfo contract) =>
        new([.. contract.Properties.Where(static property => !property.IsExtensionData).Select(static property =>
            new PatchMemberName(property.Name))]);

    private DocumentLayout? Reject(JsonTypeInfo contract, string reason)
    {
        Reason = $"{contract.Type.Name} {reason}";
        return null;
    }

    private static string Because(JsonPropertyInfo property, string reason) => $"{property.DeclaringType.Name}.{property.Name} {reason}";
}
