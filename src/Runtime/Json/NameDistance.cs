namespace Layers.PatchGen.Json;

/// <summary>The edit distance of two names: how many letters are missing, extra, wrong or swapped with their neighbor.</summary>
internal static class NameDistance
{
    /// <summary>Too far for a suggestion.</summary>
    public const int Far = 3;

    private const int LongestName = 64;

    /// <summary>
    /// 0 for names that differ only in case; at most <see cref="Far"/>, also if half of the shorter name would be wrong.
    /// </summary>
    public static int Between(string left, string right)
    {
        if (left.Equals(right, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (left.Length > LongestName || right.Length > LongestName || Math.Abs(left.Length - right.Length) >= Far)
        {
            return Far;
        }

        int distance = Count(left, right);
        return distance >= Far || distance * 2 > Math.Min(left.Length, right.Length) ? Far : distance;
    }

    /// <summary>The optimal string alignment distance.</summary>
    private static int Count(string left, string right)
    {
        Span<int> rows = stackalloc int[3 * (LongestName + 1)];
        Span<int> before = rows[..(right.Length + 1)];
        Span<int> previous = rows.Slice(LongestName + 1, right.Length + 1);
        Span<int> current = rows.Slice(2 * (LongestName + 1), right.Length + 1);
        for (int j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int same = left[i - 1] == right[j - 1] ? 0 : 1;
                int least = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    least = Math.Min(least, before[j - 2] + 1);
                }

                current[j] = least;
            }

            Span<int> oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[right.Length];
    }
}
