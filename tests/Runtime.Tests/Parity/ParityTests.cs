using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.Parity;

/// <summary>
/// The generated reader and merge, compared with <see cref="SlowSheetPatch"/>: random bodies, also with changed bytes. The seed is printed;
/// PATCHGEN_SEED repeats a run, and PATCHGEN_BODIES sets the number of bodies, by default 20,000.
/// </summary>
public class ParityTests(ITestOutputHelper output)
{
    [Fact]
    public void Reader_and_merge_agree_with_the_slow_reference()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_BODIES", 20_000);
        output.WriteLine($"PATCHGEN_SEED={seed} PATCHGEN_BODIES={count}");
        var random = new Random(seed);
        var verdicts = new int[4];
        Sheet sheet = new();
        SheetPatch earlier = new();
        for (int i = 0; i < count; i++)
        {
            byte[] body = RandomBody.Make(random);
            PatchVerdict verdict = Compare(body, ref sheet, ref earlier);
            verdicts[(int)verdict]++;
        }

        output.WriteLine($"ok {verdicts[0]}, malformed {verdicts[1]}, fenced {verdicts[2]}, invalid {verdicts[3]}");
        Assert.All(verdicts, verdict => Assert.True(verdict > count / 50, "Too few bodies have this verdict."));
    }

    private static PatchVerdict Compare(byte[] body, ref Sheet sheet, ref SheetPatch earlier)
    {
        bool isPatch = SheetPatch.TryRead(body, out SheetPatch? patch, out PatchProblems problems);
        (PatchVerdict verdict, string[] expected, JsonDocument? document) = SlowSheetPatch.Read(body);
        string shown = Encoding.UTF8.GetString(body);
        Assert.True(
            verdict == problems.Verdict,
            $"{problems.Verdict} instead of {verdict} for {shown}\n{Convert.ToHexString(body)}\n{string.Join("\n", problems)}");
        Assert.Equal(verdict == PatchVerdict.Ok, isPatch);
        if (verdict is PatchVerdict.Invalid or PatchVerdict.Fenced)
        {
            string[] found = [.. problems.Select(static p => $"{p.Code} {p.Pointer}").Order(StringComparer.Ordinal)];
            Assert.True(
                expected.SequenceEqual(found), $"{shown}\nexpected {string.Join(", ", expected)}\nfound    {string.Join(", ", found)}");
        }

        if (!isPatch)
        {
            return verdict;
        }

        Sheet patched = patch!.ApplyTo(sheet, out MemberSet<SheetPatch> changed);
        (JsonNode slow, bool slowChanged) = SlowSheetPatch.Apply(Node(sheet), document!.RootElement);
        Assert.True(
            SlowSheetPatch.Same(slow, Node(patched)), $"{shown}\non       {Node(sheet)}\nexpected {slow}\nfound    {Node(patched)}");
        Assert.True(slowChanged == !changed.IsEmpty, $"{shown}\non {Node(sheet)}\nchanged: {changed}");
        Assert.Equal(!slowChanged, ReferenceEquals(sheet, patched));

        // A written patch is read back as an equal patch, and applying it again changes nothing.
        SheetPatch again = Read(Write(patch));
        Assert.Equal(patch, again);
        Assert.Equal(patch.GetHashCode(), again.GetHashCode());
        Assert.Same(patched, patch.ApplyTo(patched, out _));
        CompareAlgebra(sheet, patched, patch, ref earlier);
        sheet = patched;
        return verdict;
    }

    private static void CompareAlgebra(Sheet sheet, Sheet patched, SheetPatch patch, ref SheetPatch earlier)
    {
        Assert.Empty(patch.Validate());
        Assert.Equal(new SheetPatch(), patch.Without(patch.Present));
        Assert.Equal(patch, patch.Without(~patch.Present));

        // A merged patch has the effect of both in sequence, or Merge throws.
        try
        {
            Sheet both = earlier.Merge(patch).ApplyTo(sheet, out _), oneByOne = patch.ApplyTo(earlier.ApplyTo(sheet, out _), out _);
            Assert.True(SlowSheetPatch.Same(Node(oneByOne), Node(both)), $"{earlier}\nthen {patch}\non {Node(sheet)}");
        }
        catch (InvalidOperationException)
        {
            Assert.True(
                (earlier is { HasPart: true, Part: null } && patch is { HasPart: true, Part.IsEmpty: false })
                    || (earlier.HasParts && patch.HasParts && (earlier.Parts is null || earlier.Parts.Any(static p => p.Value is null))));
        }

        // Applying the difference of two documents to the first gives the second.
        try
        {
            SheetPatch difference = SheetPatch.Diff(sheet, patched);
            Assert.True(SlowSheetPatch.Same(Node(patched), Node(difference.ApplyTo(sheet, out _))), $"{difference}\non {Node(sheet)}");
        }
        catch (InvalidOperationException)
        {
            // An empty nested document or dictionary was added, or a member of an open object became null.
            Assert.True(patch.HasPart || patch.HasParts);
        }

        earlier = patch;
    }

    private static JsonNode Node(Sheet sheet) => JsonSerializer.SerializeToNode(sheet, SheetJson.Default.Sheet)!;

    private static byte[] Write(SheetPatch patch)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            patch.WriteTo(writer);
        }

        return stream.ToArray();
    }

    private static SheetPatch Read(byte[] body)
    {
        Assert.True(SheetPatch.TryRead(body, out SheetPatch? patch, out PatchProblems problems), string.Join("\n", problems));
        return patch!;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
