using System.Runtime.CompilerServices;
using System.Text;

namespace Layers.PatchGen.Json;

// Names of members that need more than a comparison, and reserved members.
public ref partial struct PatchScanner
{
    /// <summary>
    /// Reads a name that <see cref="NameIs"/> did not recognize: an escaped name, one of very many, or an unknown one, which is a
    /// problem.
    /// </summary>
    /// <param name="at">The first byte of the name.</param>
    /// <param name="names">The names there are.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public PatchName FindName(int at, PatchNames names)
    {
        PaddedUtf8 body = _body;
        int quote = body.PlainEnd(at);
        if (body[quote] != (byte)'"')
        {
            return FindUnusualName(at, names);
        }

        int index = names.Find(body.Between(at, quote));
        if (index < 0)
        {
            Problems.Add(ProblemKind.UnknownMember, PaddedUtf8.AsciiString(body, at, quote), names.Open(_options));
        }

        return new PatchName(index, quote + 1);
    }

    private PatchName FindUnusualName(int at, PatchNames names)
    {
        at = ReadTextFrom(at, out ReadOnlySpan<byte> name);
        if (at < 0)
        {
            return new PatchName(-1, ~at);
        }

        int index = names.Find(name);
        if (index < 0)
        {
            Problems.Add(ProblemKind.UnknownMember, Encoding.UTF8.GetString(name), names.Open(_options));
        }

        return new PatchName(index, at);
    }

    /// <summary>Reads a name of an open object that <see cref="NameIs"/> did not recognize. Unknown names are not a problem.</summary>
    /// <param name="at">The first byte of the name.</param>
    /// <param name="names">The names there are.</param>
    public PatchName FindOpenName(int at, PatchNames names)
    {
        at = ReadTextFrom(at, out ReadOnlySpan<byte> name);
        return at < 0 ? new PatchName(-1, ~at) : new PatchName(names.Find(name), at);
    }

    /// <summary>Reports that a member was sent twice.</summary>
    public void AddDuplicate(string name) => Problems.Add(ProblemKind.DuplicateMember, name, null);

    /// <summary>Reports that the body changes nothing, unless it has other problems.</summary>
    public void AddEmptyPatch() => Problems.AddEmptyPatch();

    /// <summary>Whether the options lift this fence.</summary>
    /// <param name="until">The version the fence waits for.</param>
    public readonly bool IsLifted(string until) => _options.IsLifted(until);

    /// <summary>Whether the caller has this scope.</summary>
    /// <param name="scope">The scope that the member needs.</param>
    public readonly bool HasScope(string scope) => _options.HasScope(scope);

    /// <summary>Reports a member that the caller may not write, and skips its value.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="name">The member.</param>
    /// <param name="scope">The scope that it needs.</param>
    public int ReadMissingScope(int at, string name, string scope)
    {
        Problems.AddMissingScope(name, scope);
        return Skip(at);
    }

    /// <summary>Reports a reserved member (an unknown one if its fence is lifted) and skips its value.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="name">The member.</param>
    /// <param name="until">The version the fence waits for, or null.</param>
    public int ReadFenced(int at, string name, string? until)
    {
        if (until is not null && IsLifted(until))
        {
            Problems.Add(ProblemKind.UnknownMember, name, null);
        }
        else
        {
            Problems.AddFenced(name, until);
        }

        return Skip(at);
    }

    /// <summary>Reads a member that is not modelled and is reserved, or has reserved members below it.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="fence">What is reserved.</param>
    public int ReadFence(int at, PatchFence fence)
    {
        ArgumentNullException.ThrowIfNull(fence);
        return fence.IsReserved ? ReadFenced(at, fence.Name, fence.Until) : ReadFencedObject(at, fence.Name, fence);
    }

    /// <summary>
    /// Reads a member that is not modelled but has reserved members below it: reports those; or, if there are none, the member itself as
    /// unknown.
    /// </summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="name">The member.</param>
    /// <param name="fence">What is reserved in it.</param>
    private int ReadFencedObject(int at, string name, PatchFence fence)
    {
        int found = Problems.FencedCount;
        int mark = Problems.Enter();
        at = FindFences(at, fence);
        Problems.Leave(mark, name);
        if (Problems.FencedCount == found)
        {
            Problems.Add(ProblemKind.UnknownMember, name, null);
        }

        return at;
    }

    /// <summary>Looks for reserved members in a value, at most as deep as the tree of fences.</summary>
    private int FindFences(int at, PatchFence fence)
    {
        if (_body[at] != (byte)'{')
        {
            return Skip(at);
        }

        for (at = FirstName(at); at >= 0; at = NextName(at))
        {
            at = ReadTextFrom(at, out ReadOnlySpan<byte> name);
            PatchFence? child = at < 0 ? null : fence.Find(name);
            at = Colon(at < 0 ? ~at : at);
            if (child is null)
            {
                at = Skip(at);
            }
            else if (child.Children.Length == 0)
            {
                at = child.Until is not null && IsLifted(child.Until) ? Skip(at) : ReadFenced(at, child.Name, child.Until);
            }
            else
            {
                int mark = Problems.Enter();
                at = FindFences(at, child);
                Problems.Leave(mark, child.Name);
            }
        }

        return ~at;
    }
}
