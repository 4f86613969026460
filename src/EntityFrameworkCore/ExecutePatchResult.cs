namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>The outcome of <c>ExecutePatchAsync</c>.</summary>
public enum ExecutePatchResult
{
    /// <summary>No row matches the query.</summary>
    NotFound,

    /// <summary>The columns were set.</summary>
    Changed,

    /// <summary>A row matches the query, but has another version than the one that was given; nothing was changed.</summary>
    OtherVersion,

    /// <summary>The patch has no members, so that nothing was sent to the database.</summary>
    NothingToDo,
}
