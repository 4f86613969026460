namespace Layers.PatchGen;

/// <summary>The kinds of problems, one per message; finer than <see cref="PatchProblemCodes"/>.</summary>
internal enum ProblemKind : byte
{
    None,
    UnknownMember,
    DuplicateMember,
    DuplicateItem,
    NullNotAllowed,
    WrongType,
    TextTooShort,
    TextTooLong,
    TooFewItems,
    TooManyItems,
    TooFewBytes,
    TooManyBytes,
    TooManyMembers,
    TooManyKeys,
    TooManyMembersMerged,
    TooManyKeysMerged,
    TooManyItemsMerged,
    NameTooShort,
    NameTooLong,
    OutOfRange,
    NotAllowedValue,
    BadFormat,
    BadPattern,
    BadKey,
    FailedRule,
    EmptyPatch,
    Fenced,
    MissingScope,
    Malformed,
    TooDeep,
    TooLarge,
    MissingTarget,
}

/// <summary>Why a body is not JSON.</summary>
internal enum MalformedReason : byte
{
    None,
    UnexpectedEnd,
    ExpectedValue,
    ExpectedName,
    ExpectedColon,
    ExpectedCommaOrBrace,
    ExpectedCommaOrBracket,
    ExpectedEnd,
    ExpectedDigit,
    LeadingZero,
    ControlCharacter,
    BadEscape,
    LoneSurrogate,
    NotUtf8,
}
