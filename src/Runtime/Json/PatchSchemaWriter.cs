using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// Writes the JSON Schema (2020-12) of a patch. Generated code calls it member by member; a member stays open for the keywords of its
/// constraints until the next one begins.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class PatchSchemaWriter
{
    private readonly Utf8JsonWriter _writer;
    private readonly PatchReadOptions _options;
    private readonly Stack<Scope> _scopes = [];
    private readonly List<string> _rules = [];
    private readonly Func<Type, string?, string?>? _describe;
    private string? _description;
    private bool _isMemberOpen;
    private bool _isNullable;

    private PatchSchemaWriter(Utf8JsonWriter writer, PatchReadOptions options, Func<Type, string?, string?>? describe) =>
        (_writer, _options, _describe) = (writer, options, describe);

    /// <summary>Writes the schema of a patch as one object.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="options">The limits that the schema states, and the fences that are lifted.</param>
    public static void Write<TPatch>(Utf8JsonWriter writer, PatchReadOptions? options)
        where TPatch : IPatch<TPatch> => Write<TPatch>(writer, options, describe: null);

    /// <summary>Writes the schema of a patch as one object, with descriptions.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="options">The limits that the schema states, and the fences that are lifted.</param>
    /// <param name="describe">
    /// Returns the description of a patch type, or of its property if a name is given; null for none. Called for nested patches, too.
    /// </param>
    public static void Write<TPatch>(Utf8JsonWriter writer, PatchReadOptions? options, Func<Type, string?, string?>? describe)
        where TPatch : IPatch<TPatch>
    {
        ArgumentNullException.ThrowIfNull(writer);
        var schema = new PatchSchemaWriter(writer, options ?? PatchReadOptions.Default, describe);
        writer.WriteStartObject();
        writer.WriteString("$schema"u8, "https://json-schema.org/draft/2020-12/schema"u8);
        schema.Describe<TPatch>();
        writer.WriteEndObject();
    }

    /// <summary>Begins a member, or notes its fence if that is closed.</summary>
    internal void Member<T>(MemberInfo member, IPatchValue<T> codec)
    {
        if (member.FencedUntil is { } until && !_options.IsLifted(until))
        {
            Fence(new ReservedMember(member.Name, until));
            return;
        }

        EndMember();
        Scope scope = _scopes.Peek();
        scope.Members.Add(member);
        scope.LongestName = Math.Max(scope.LongestName, PatchProblemCollector.CodePoints(member.Name));
        _writer.WriteStartObject(member.Name);
        _isMemberOpen = true;
        _isNullable = member.IsNullable;
        _description = _describe?.Invoke(scope.Type, member.PropertyName);
        codec.Describe(this);
    }

    /// <summary>Notes that further members are accepted.</summary>
    internal void Open() => _scopes.Peek().IsOpen = true;

    /// <summary>Notes a member that is reserved.</summary>
    internal void Fence(ReservedMember member) => _scopes.Peek().Fences.Add(member);

    /// <summary>Ends the patch that the members belong to.</summary>
    /// <param name="requireAny">At least one member is required.</param>
    internal void End(bool requireAny)
    {
        EndMember();
        _writer.WriteEndObject(); // properties
        Scope scope = _scopes.Peek();
        bool isOpen = scope.IsOpen;
        if (isOpen)
        {
            _writer.WriteStartObject("propertyNames"u8);
            _writer.WriteNumber("minLength"u8, 1);
            _writer.WriteNumber("maxLength"u8, Math.Max(_options.MaxOpenNameLength, scope.LongestName));
            _writer.WriteEndObject();
        }

        _writer.WriteBoolean("additionalProperties"u8, isOpen);
        if (requireAny)
        {
            if (!scope.Members.Exists(static member => member.IsSelector))
            {
                _writer.WriteNumber("minProperties"u8, 1);
            }
            else
            {
                WriteAnyOf(scope);
            }
        }

        WriteFences(scope, isOpen);
        WriteScopes(scope);
    }

    private void Describe<TPatch>()
        where TPatch : IPatch<TPatch>
    {
        Type("object");
        if (_scopes.Any(static scope => scope.Type == typeof(TPatch)))
        {
            Description("The same object as further up.");
            return;
        }

        _description ??= _describe?.Invoke(typeof(TPatch), null);
        WriteDescription();
        _isNullable = false;
        _isMemberOpen = false;
        _writer.WriteStartObject("properties"u8);
        _scopes.Push(new Scope(typeof(TPatch)));
        TPatch.Table.Describe(this);
        _scopes.Pop();
    }

    private void EndMember()
    {
        if (_isMemberOpen)
        {
            WriteDescription();
            WriteBounds();
            WriteRules();
            _writer.WriteEndObject();
            _isMemberOpen = false;
        }

        _isNullable = false;
    }

    // One of the members must be present, selectors aside.
    private void WriteAnyOf(Scope scope)
    {
        _writer.WriteStartArray("anyOf"u8);
        foreach (MemberInfo member in scope.Members.Where(static member => !member.IsSelector))
        {
            _writer.WriteStartObject();
            _writer.WriteStartArray("required"u8);
            _writer.WriteStringValue(member.Name);
            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteFences(Scope scope, bool isOpen)
    {
        // An open object accepts any other member except reserved ones. If its fence is lifted, a reserved name is an unknown member,
        // and taken as little.
        if (isOpen && scope.Fences.Count > 0)
        {
            _writer.WriteStartObject("not"u8);
            _writer.WriteString("type"u8, "object"u8); // Null satisfies "required".
            _writer.WriteStartArray("anyOf"u8);
            foreach (ReservedMember member in scope.Fences)
            {
                _writer.WriteStartObject();
                _writer.WriteStartArray("required"u8);
                _writer.WriteStringValue(member.Path.Split('.')[0]);
                _writer.WriteEndArray();
                _writer.WriteEndObject();
            }

            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        ReservedMember[] fences = [.. scope.Fences.Where(fence => fence.Until is null || !_options.IsLifted(fence.Until))];
        if (fences.Length == 0)
        {
            return;
        }

        _writer.WriteStartArray("x-fenced"u8);
        foreach ((string path, string? until) in fences)
        {
            _writer.WriteStartObject();
            _writer.WriteString("path"u8, path);
            if (until is not null)
            {
                _writer.WriteString("until"u8, until);
            }

            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    // The schema is the same for all callers.
    private void WriteScopes(Scope scope)
    {
        MemberInfo[] scoped = [.. scope.Members.Where(static member => member.WriteScope is not null)];
        if (scoped.Length == 0)
        {
            return;
        }

        _writer.WriteStartArray("x-write-scopes"u8);
        foreach (MemberInfo member in scoped)
        {
            _writer.WriteStartObject();
            _writer.WriteString("path"u8, member.Name);
            _writer.WriteString("scope"u8, member.WriteScope);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    /// <summary>The state of a patch whose members are being written.</summary>
    private sealed class Scope(Type type)
    {
        public Type Type { get; } = type;

        public List<MemberInfo> Members { get; } = [];

        public List<ReservedMember> Fences { get; } = [];

        public int LongestName { get; set; }

        public bool IsOpen { get; set; }
    }
}
