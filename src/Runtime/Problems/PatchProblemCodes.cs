namespace Layers.PatchGen;

/// <summary>The codes of <see cref="PatchProblem.Code"/>. They are part of the contract with clients and do not change.</summary>
public static class PatchProblemCodes
{
    /// <summary>A member that the patch does not have.</summary>
    public const string UnknownMember = "unknown_member";

    /// <summary>A member sent twice; names are compared after unescaping.</summary>
    public const string DuplicateMember = "duplicate_member";

    /// <summary>An item sent twice, where the items are a set.</summary>
    public const string DuplicateItem = "duplicate_item";

    /// <summary>A null for a member that cannot be cleared.</summary>
    public const string NullNotAllowed = "null_not_allowed";

    /// <summary>A value of another JSON type.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>
    /// A string with too few code points, an array with too few items, or too few bytes. Arguments: <c>min</c>, <c>max</c>.
    /// </summary>
    public const string TooShort = "too_short";

    /// <summary>
    /// A string with too many code points, an array or object with too many items, or too many bytes; also an object that would have too
    /// many members together with those already stored. Arguments: <c>min</c>, <c>max</c>.
    /// </summary>
    public const string TooLong = "too_long";

    /// <summary>
    /// A number, time or duration outside its range. Arguments: <c>min</c>, <c>max</c>; <c>exclusiveMin</c>, <c>exclusiveMax</c> where the
    /// limit itself is outside.
    /// </summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A value that is not one of those allowed. Argument: <c>allowed</c>.</summary>
    public const string NotAllowedValue = "not_allowed_value";

    /// <summary>
    /// A string, or the key of a list, without the expected format or pattern. Argument: <c>format</c> or <c>pattern</c>.
    /// </summary>
    public const string BadFormat = "bad_format";

    /// <summary>A reserved member. Argument: <c>until</c>, if the fence names a version.</summary>
    public const string Fenced = "fenced";

    /// <summary>A member that the caller may not write. Argument: <c>scope</c>, the scope that is needed.</summary>
    public const string MissingScope = "missing_scope";

    /// <summary>A value that another rule rejects, with that rule's message. Argument: <c>rule</c>.</summary>
    public const string FailedValidation = "failed_validation";

    /// <summary>A body that changes nothing, although at least one member is required.</summary>
    public const string EmptyPatch = "empty_patch";

    /// <summary>An operation of JSON Patch without a member that it needs. Argument: <c>member</c>.</summary>
    public const string MissingMember = "missing_member";

    /// <summary>
    /// A path of JSON Patch at which the document has no value: argument <c>path</c>. Or a key that a list of the document does not have.
    /// </summary>
    public const string MissingTarget = "missing_target";

    /// <summary>A <c>test</c> of JSON Patch whose value is not that of the document. Argument: <c>path</c>.</summary>
    public const string TestFailed = "test_failed";

    /// <summary>Not JSON, or not UTF-8. Argument: <c>offset</c>, in bytes.</summary>
    public const string Malformed = "malformed";

    /// <summary>Nested deeper than <see cref="PatchReadOptions.MaxDepth"/>. Argument: <c>max</c>.</summary>
    public const string TooDeep = "too_deep";

    /// <summary>
    /// A body longer than <see cref="PatchReadOptions.MaxBytes"/>, or a patch that makes the document larger than allowed, or than the
    /// store can hold. Argument: <c>max</c>, in bytes, if known.
    /// </summary>
    public const string TooLarge = "too_large";
}
