using System.Text;

namespace Layers.PatchGen.Json;

// Objects whose names are keys, with values of one type.
public ref partial struct PatchScanner
{
    /// <summary>Reads the members of a map. Any other value is a problem and is skipped.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="item">How to read the value of a member.</param>
    /// <param name="takesNull">Whether null may be sent for a member.</param>
    /// <param name="map">The members in the order sent; null when there was a problem.</param>
    /// <returns>The position after the value.</returns>
    internal int ReadMap<TKey, T, TItem>(int at, TItem item, bool takesNull, out Dictionary<TKey, T?>? map)
        where TKey : notnull, IParsable<TKey>
        where TItem : struct, IPatchValue<T>
    {
        int found = Problems.Count;
        var members = new Dictionary<TKey, T?>(PatchKey.Comparer<TKey>());
        for (at = FirstName(at); at >= 0; at = NextName(at))
        {
            at = ReadTextFrom(at, out ReadOnlySpan<byte> text);
            string name = at < 0 ? "" : Encoding.UTF8.GetString(text);
            at = Colon(at < 0 ? ~at : at);
            if (Problems.HasFailed)
            {
                continue;
            }

            bool isKey = PatchKey.TryParse<TKey>(name, out TKey? key), isNew = !isKey || !members.ContainsKey(key!);
            if (!isNew)
            {
                AddDuplicate(name);
            }
            else
            {
                Problems.CheckKey<TKey>(name, isKey);
                if (isKey && members.Count == _options.MaxOpenMembers)
                {
                    Problems.Add(ProblemKind.TooManyKeys, null, null, 0, _options.MaxOpenMembers);
                }
            }

            int mark = Problems.Enter();
            T? value = default;
            at = !IsNull(at) ? item.Read(ref this, at, out value) : takesNull ? at + 4 : RejectNull(at);
            Problems.Leave(mark, name);

            // The first member beyond the limit is kept too: it shows that the limit has been reported.
            if (isKey && isNew && members.Count <= _options.MaxOpenMembers)
            {
                members.Add(key!, value);
            }
        }

        map = Problems.Count == found ? members : null;
        return ~at;
    }
}
