namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The head of a property and of its accessors.</summary>
internal static class PropertyCode
{
    private static readonly (MemberModifiers Modifier, string Code)[] All =
    [
        (MemberModifiers.Public, "public "), (MemberModifiers.Protected, "protected "), (MemberModifiers.Internal, "internal "), (MemberModifiers.Private, "private "),
        (MemberModifiers.New, "new "), (MemberModifiers.Sealed, "sealed "), (MemberModifiers.Override, "override "), (MemberModifiers.Virtual, "virtual "),
        (MemberModifiers.Required, "required "), (MemberModifiers.Readonly, "readonly "), (MemberModifiers.Unsafe, "unsafe "),
    ];

    /// <summary>The modifiers, each with a space after it.</summary>
    public static string Modifiers(MemberModifiers modifiers)
    {
        if (modifiers == MemberModifiers.Public)
        {
            return "public ";
        }

        string code = "";
        foreach ((MemberModifiers modifier, string text) in All)
        {
            code += (modifiers & modifier) != 0 ? text : "";
        }

        return code;
    }

    public static string Accessor(AccessorSpec accessor) => Modifiers(accessor.Accessibility) + accessor.Kind switch
    {
        AccessorKind.Get => "get",
        AccessorKind.Init => "init",
        _ => "set",
    };
}
