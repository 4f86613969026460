using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Diagnostics;

/// <summary>All rules. A message says what is wrong and what to write instead; an id never changes its meaning.</summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "Layers.PatchGen";

    private static readonly string Documentation = typeof(DiagnosticDescriptors).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static attribute => attribute.Key == "DocumentationUrl")?.Value ?? "docs/";

    public static readonly DiagnosticDescriptor Shape = Error("PG0001", "Type cannot be a patch", "'{0}' cannot be a patch: {1}");

    public static readonly DiagnosticDescriptor PropertyNotPartial = Warning(
        "PG0002", "Property is not part of the patch", "'{0}' is not partial, so it is neither read nor applied; declare it 'partial'");

    public static readonly DiagnosticDescriptor PropertyShape = Error(
        "PG0003", "Property cannot be a member of a patch", "'{0}' cannot be a member of a patch: {1}");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "PG0004", "Member's type cannot be read", "'{0}' cannot be read from JSON: {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "PG0005", "Two members have the same JSON name", "'{0}' and '{1}' are both \"{2}\" in JSON; rename one with [JsonPropertyName]");

    public static readonly DiagnosticDescriptor Fence = Error("PG0006", "Invalid fence", "Invalid fence \"{0}\": {1}");

    public static readonly DiagnosticDescriptor Selector = Error(
        "PG0007", "Selector cannot choose a document", "The selector '{0}' cannot choose a document: {1}");

    public static readonly DiagnosticDescriptor Target = Error(
        "PG0008", "Member cannot be applied to the document", "'{0}' cannot be applied to '{1}': {2}");

    public static readonly DiagnosticDescriptor Document = Error("PG0009", "Document cannot be patched", "'{0}' cannot be patched: {1}");

    public static readonly DiagnosticDescriptor NameTaken = Info(
        "PG0010",
        "Presence property is not generated",
        "'{0}' is already declared; use 'Present.Contains(Members.{1})' to check whether '{1}' was sent");

    public static readonly DiagnosticDescriptor Route = Error("PG0011", "Invalid route", "Invalid route \"{0}\": {1}");

    public static readonly DiagnosticDescriptor Endpoint = Error(
        "PG0012", "Endpoint cannot be generated", "The endpoint of '{0}' cannot be generated: {1}");

    public static readonly DiagnosticDescriptor Constraint = Error(
        "PG0013", "Constraint cannot be checked", "[{0}] cannot be checked on '{1}': {2}");

    public static readonly DiagnosticDescriptor ReservedName = Error(
        "PG0014", "Name is reserved", "'{0}' cannot be declared in a patch: a generated member has this name; rename it{1}");

    // The compiler reports CS8050 too, which does not say why.
    public static readonly DiagnosticDescriptor Initializer = Error(
        "PG0015",
        "Member has an initializer",
        "'{0}' cannot have an initializer, since an absent member means unchanged; move the default to the document");

    public static readonly DiagnosticDescriptor NoConverter = Warning(
        "PG0016",
        "Serializer context writes a patch without its converter",
        "'{0}' has no converter here, and its absent members would be written as null, which clears them; "
        + "put [JsonConverter(typeof(PatchJsonConverter<{0}>))] on your half of the record");

    public static readonly DiagnosticDescriptor AssignedInConstructor = Warning(
        "PG0017",
        "Constructor marks a member as sent",
        "'{0}' counts as sent in every patch, since the constructor that the reader calls assigns it; remove the assignment");

    public static readonly DiagnosticDescriptor UselessAttribute = Warning(
        "PG0018", "Attribute has no effect", "[{0}] has no effect on '{1}': {2}");

    public static readonly DiagnosticDescriptor SharedRoute = Error(
        "PG0019",
        "Two endpoints have the same route",
        "The route \"{0}\" of '{1}' is also that of '{2}', and requests would be ambiguous; change one of them",
        WellKnownDiagnosticTags.CompilationEnd);

    // The compiler itself warns of members that are neither nullable nor structs.
    public static readonly DiagnosticDescriptor UnguardedRead = Info(
        "PG0020", "Member is read without a presence check", "'{0}' is {1} when it was not sent; check '{2}' first");

    public static readonly DiagnosticDescriptor InitExtensionData = Warning(
        "PG0021",
        "Extension data cannot be filled",
        "'{0}' cannot be filled by System.Text.Json's generator, which throws when the document is first read or written; declare it 'set'",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor LostInitializer = Info(
        "PG0022",
        "Initializer is lost",
        "'{0}' is {1} instead of its initializer where stored JSON lacks it: System.Text.Json's generator sets every init member; "
        + "declare it 'set'",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor OtherName = Warning(
        "PG0023",
        "Body and response have different names",
        "'{0}' is \"{1}\" in a body and \"{2}\" in the response; {3}",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnknownNullability = Warning(
        "PG0024",
        "Members do not say whether they may be null",
        "'{0}' is declared where nullable is disabled, so null is rejected for {1}; write '#nullable enable' in its file, "
        + "and '?' after the types of members that null clears");

    public static readonly DiagnosticDescriptor NullInInterface = Info(
        "PG0025",
        "Member may be null in an interface",
        "'{0}' is null when it was not sent, and '{1}' is never null; declare that '{2}?', or check '{3}' first");

    public static readonly DiagnosticDescriptor OtherGenerator = Error(
        "PG0026",
        "Code of another generator is not seen",
        "'{0}' needs '{1}', which another generator writes, and generators do not see each other's code; "
        + "declare it by hand, or in another project");

    public static readonly DiagnosticDescriptor UpdateObstacle = Error(
        "PG0027", "Patch cannot be one UPDATE", "'{0}' cannot be executed as one UPDATE: {1}");

    public static readonly DiagnosticDescriptor HiddenItems = Warning(
        "PG0028",
        "Items are not shown completely",
        "JSON Patch cannot change single items of '{0}', because responses do not show '{1}' and writing the array back would erase it; "
        + "patch the list by key, with [KeyedBy], or leave JsonPatch out of Formats");

    public static readonly DiagnosticDescriptor PatchWithoutDocument = Warning(
        "PG0029",
        "Patch needs the document",
        "'Patch' throws for a JSON Patch, and for a merge patch that needs the document, which PatchGenOptions.Formats enables; "
        + "call 'For(document)'",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor KeyedList = Error(
        "PG0030", "List cannot be patched by key", "'{0}' cannot be patched by key: {1}");

    public static readonly DiagnosticDescriptor DiscardedCopy = Warning(
        "PG0031",
        "Patched document is discarded",
        "'{0}' is a {1}, so that 'ApplyTo' returns a changed copy, which is discarded here; use the result");

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        Rule(id, title, message, DiagnosticSeverity.Error, [WellKnownDiagnosticTags.NotConfigurable, .. tags]);

    private static DiagnosticDescriptor Warning(string id, string title, string message, params string[] tags) =>
        Rule(id, title, message, DiagnosticSeverity.Warning, tags);

    private static DiagnosticDescriptor Info(string id, string title, string message, params string[] tags) =>
        Rule(id, title, message, DiagnosticSeverity.Info, tags);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(
            id,
            title,
            message,
            Category,
            severity,
            isEnabledByDefault: true,
            helpLinkUri: $"{Documentation}rules/{id}.md",
            customTags: tags);
}
