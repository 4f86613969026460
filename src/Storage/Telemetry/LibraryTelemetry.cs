using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Layers.PatchGen.Storage;

/// <summary>
/// The meter and the activity source of the library; both have its name. Names and tags follow OpenTelemetry's semantic conventions. No tag
/// has a value or a key of a document.
/// </summary>
internal static class LibraryTelemetry
{
    public const string Name = "Layers.PatchGen";

    /// <summary>The tag with the kind of an error; not set when there is none.</summary>
    public const string ErrorType = "error.type";

    private static readonly string? Version = typeof(LibraryTelemetry).Assembly.GetName().Version?.ToString(3);

    public static Meter Meter { get; } = new(Name, Version);

    public static ActivitySource Source { get; } = new(Name, Version ?? "");
}
