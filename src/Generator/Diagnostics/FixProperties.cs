namespace Layers.PatchGen.Generator.Diagnostics;

/// <summary>The properties of a diagnostic that its code fix uses. A diagnostic without them has no fix.</summary>
internal static class FixProperties
{
    /// <summary>PG0006: the property that the fence names.</summary>
    public const string Member = "Member";

    /// <summary>PG0006: the fence, as it is written.</summary>
    public const string Path = "Path";

    /// <summary>PG0006: what the fence waits for.</summary>
    public const string Until = "Until";

    /// <summary>PG0008: the property of the document that is meant.</summary>
    public const string PatchTo = "PatchTo";

    /// <summary>PG0008: null may be sent, and the document cannot hold it.</summary>
    public const string NotNullable = "NotNullable";

    /// <summary>PG0023: the name in the response.</summary>
    public const string JsonName = "JsonName";

    /// <summary>PG0008: the document is chosen by it, not changed.</summary>
    public const string Selector = "Selector";
}
