using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// The members of an object, in the order of its layout.
public ref partial struct DocumentSplicer
{
    /// <summary>Applies the members of a patch to the object that was entered.</summary>
    /// <param name="present">The members that were sent.</param>
    /// <param name="state">The state of the patch; unused if no member was sent.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Members(scoped ReadOnlySpan<ulong> present, scoped StateRef state)
    {
        DocumentLayout layout = _level.Layout;
        DocumentMember[] members = layout.Members;
        for (int i = KeepPlain(members, 0, present); i < members.Length && !_failed; i = KeepPlain(members, i + 1, present))
        {
            if (members[i].IsIn(present))
            {
                Splice(members[i], state);
            }
            else
            {
                Keep(members[i]);
            }
        }

        if (layout.Open is { } open && !_failed)
        {
            if (open.IsIn(present))
            {
                Splice(open, state);
            }
            else
            {
                Open(null);
            }
        }
    }

    private void Splice(DocumentMember member, scoped StateRef state)
    {
        if (member.NeedsObject)
        {
            Fail();
            return;
        }

        int before = _changes;
        member.Row!.Splice(ref this, member, state);
        if (_changes != before && _depth == 0)
        {
            _changed[member.Index >> 6] |= 1UL << member.Index;
        }
    }

    /// <summary>Keeps members that are plain, as long as there are any.</summary>
    /// <returns>The first member that is not, or that is not where it is expected.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int KeepPlain(DocumentMember[] members, int index, scoped ReadOnlySpan<ulong> present)
    {
        PaddedUtf8 document = _document;
        int first = _at, at = first, end = first;
        for (; index < members.Length; index++)
        {
            DocumentMember member = members[index];
            if (!member.IsPlain || member.IsIn(present) || !IsAt(document, at, member))
            {
                break;
            }

            int start = at + member.Name.Length;
            end = document[start] == (byte)'"' ? document.PlainEnd(start + 1) : start;
            end = document[end] == (byte)'"' && end > start ? end + 1 : _scanner.Skip(start);
            at = end;
            if (document[at] == (byte)',')
            {
                at++;
            }
            else if (document[at] != (byte)'}')
            {
                Fail(); // Also where the value is no JSON: then this is the end of the document.
                return index;
            }
        }

        if (at != first)
        {
            Extend(first, end);
            _at = at;
        }

        return index;
    }

    /// <summary>Whether a member is next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAt(PaddedUtf8 document, int at, DocumentMember member)
    {
        // Two loads are enough for most names.
        int length = member.Name.Length;
        return (document.Load8(at) & member.HeadMask) == member.Head
            && (length <= sizeof(ulong)
                || (length <= 2 * sizeof(ulong)
                    ? document.Load8(at + length - sizeof(ulong)) == member.Tail
                    : document.Holds(at, member.Name)));
    }

    private readonly bool IsAt(DocumentMember member) => IsAt(_document, _at, member);

    private void Keep(DocumentMember member)
    {
        int start = _at + member.Name.Length;
        if (!IsAt(member))
        {
            if (member.IsTime || !IsAbsentAsNull(member))
            {
                Fail();
            }
        }
        else if (member.IsOptional && _document[start] == (byte)'n')
        {
            Fail(); // It would not be written.
        }
        else if (member.IsTime)
        {
            Time(member, start);
        }
        else if (member.Nested is null || (_document[start] == (byte)'n' && member.CanBeNull))
        {
            Keep(SkipValue(start));
        }
        else if (_document[start] == (byte)'{')
        {
            // Looked into although nothing was sent for it: of duplicate names, an object keeps one.
            Level outer = _level;
            Enter(member, start);
            Members(default, default);
            Leave(outer);
        }
        else
        {
            Fail();
        }
    }

    private void Keep(int end)
    {
        Extend(_at, end);
        Next(end);
    }
}
