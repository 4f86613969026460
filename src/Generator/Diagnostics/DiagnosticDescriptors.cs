using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Diagnostics;

/// <summary>Every rule. The message says what is wrong and what would be right; the ids never change their meaning.</summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "Layers.PatchGen";

    /// <summary>Where the pages of the rules stand, each called by its id; relative to the root of the repository.</summary>
    internal const string Pages = "docs/rules/";

    /// <summary>
    /// A patch is declared 'partial record' or 'partial record struct', without type parameters, a base record or positional parameters,
    /// inside partial types only.
    /// </summary>
    public static readonly DiagnosticDescriptor Shape = Error("PG0001", "A patch is a plain partial record", "'{0}' cannot be a patch: {1}");

    /// <summary>A settable property that is not partial is not a member of the patch.</summary>
    public static readonly DiagnosticDescriptor PropertyNotPartial = Warning("PG0002", "The property is not part of the patch", "'{0}' is not partial, so it is neither read nor applied; declare it 'partial'");

    /// <summary>A member needs a plain get accessor and an init (or set) accessor.</summary>
    public static readonly DiagnosticDescriptor PropertyShape = Error("PG0003", "The property cannot be a member of a patch", "'{0}' cannot be a member of a patch: {1}");

    /// <summary>The type of a member has no reader.</summary>
    public static readonly DiagnosticDescriptor UnsupportedType = Error("PG0004", "The member's type cannot be read", "'{0}' cannot be read from JSON: {1}");

    /// <summary>Two members have one name in JSON.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Error("PG0005", "Two members have one JSON name", "'{0}' and '{1}' are both called \"{2}\" in JSON; rename one with [JsonPropertyName]");

    /// <summary>A fence is not a path of names, or names a property.</summary>
    public static readonly DiagnosticDescriptor Fence = Error("PG0006", "The fence cannot stand", "The fence \"{0}\" cannot stand: {1}");

    /// <summary>A selector has nothing to be matched against.</summary>
    public static readonly DiagnosticDescriptor Selector = Error("PG0007", "The selector cannot choose a document", "The selector '{0}' cannot choose a document: {1}");

    /// <summary>The document has no property to apply a member to.</summary>
    public static readonly DiagnosticDescriptor Target = Error("PG0008", "The member cannot be applied to the document", "'{0}' cannot be applied to '{1}': {2}");

    /// <summary>The document cannot be changed at all.</summary>
    public static readonly DiagnosticDescriptor Document = Error("PG0009", "The document cannot be patched", "'{0}' cannot be patched: {1}");

    /// <summary>A presence property is left out since its name is taken.</summary>
    public static readonly DiagnosticDescriptor NameTaken = Info("PG0010", "A generated name is taken", "'{0}' is declared already, so the presence of '{1}' is asked for by 'Present.Contains(Members.{1})'");

    /// <summary>A route parameter or the pattern is not understood.</summary>
    public static readonly DiagnosticDescriptor Route = Error("PG0011", "The route cannot be mapped", "The route \"{0}\" cannot be mapped: {1}");

    /// <summary>The endpoint lacks its serializer context, its document or its key.</summary>
    public static readonly DiagnosticDescriptor Endpoint = Error("PG0012", "The endpoint cannot be written", "The endpoint of '{0}' cannot be written: {1}");

    /// <summary>A constraint does not fit the member.</summary>
    public static readonly DiagnosticDescriptor Constraint = Error("PG0013", "The constraint cannot be checked", "[{0}] cannot be checked on '{1}': {2}");

    /// <summary>A member of the record has a name that generated code needs.</summary>
    public static readonly DiagnosticDescriptor ReservedName = Error("PG0014", "The name is needed by generated code", "'{0}' cannot be declared in a patch: the name is needed for a generated member; rename it{1}");

    /// <summary>A member has no default. The compiler says CS8050 beside it, of which nobody learns why.</summary>
    public static readonly DiagnosticDescriptor Initializer = Error("PG0015", "A member has no default", "'{0}' cannot have an initializer: a member that is absent means unchanged; remove it, defaults live on the document");

    /// <summary>The source generator of System.Text.Json sees ordinary properties, and writes what is absent as null.</summary>
    public static readonly DiagnosticDescriptor NoConverter = Warning(
        "PG0016", "The context writes a patch without its converter",
        "The source generator of System.Text.Json does not see the generated half of '{0}', and would send every absent member as null, "
        + "which clears it; put [JsonConverter(typeof(PatchJsonConverter<{0}>))] on your half");

    /// <summary>The reader calls the constructor, so that what it assigns is present in every patch.</summary>
    public static readonly DiagnosticDescriptor AssignedInConstructor = Warning(
        "PG0017", "The constructor marks a member as sent", "'{0}' counts as sent in every patch, since the constructor that the reader calls assigns it; remove the assignment");

    /// <summary>An attribute stands where nothing asks for it.</summary>
    public static readonly DiagnosticDescriptor UselessAttribute = Warning("PG0018", "The attribute does nothing here", "[{0}] does nothing on '{1}': {2}");

    /// <summary>Two endpoints answer the same requests.</summary>
    public static readonly DiagnosticDescriptor SharedRoute = Error(
        "PG0019", "Two endpoints have one route", "The route \"{0}\" of '{1}' is that of '{2}' too, and a request for it could be answered by neither; give each its own", WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>
    /// The value of a member is read, and nothing asks whether it was sent. The compiler warns of members that are neither nullable nor
    /// structs.
    /// </summary>
    public static readonly DiagnosticDescriptor UnguardedRead = Info("PG0020", "A member is read that may be absent", "'{0}' is {1} when it was not sent; ask '{2}' first");

    /// <summary>The serializer throws when a context is asked for the document.</summary>
    public static readonly DiagnosticDescriptor InitExtensionData = Warning(
        "PG0021", "Extension data cannot be filled", "'{0}' cannot be filled by System.Text.Json's generator, which throws when the document is first read or written; declare it 'set'", WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>Stored JSON that was written before the member was there gives another value than its initializer.</summary>
    public static readonly DiagnosticDescriptor LostInitializer = Info(
        "PG0022", "An initializer is lost", "'{0}' is {1}, not what it is initialized with, where stored JSON lacks it: System.Text.Json's generator sets every init member; declare it 'set'", WellKnownDiagnosticTags.CompilationEnd);

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        Rule(id, title, message, DiagnosticSeverity.Error, [WellKnownDiagnosticTags.NotConfigurable, .. tags]);

    private static DiagnosticDescriptor Warning(string id, string title, string message, params string[] tags) => Rule(id, title, message, DiagnosticSeverity.Warning, tags);

    private static DiagnosticDescriptor Info(string id, string title, string message, params string[] tags) => Rule(id, title, message, DiagnosticSeverity.Info, tags);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md", customTags: tags);
}
