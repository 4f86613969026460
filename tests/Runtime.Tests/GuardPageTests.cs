using System.Runtime.InteropServices;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Documents;
using Layers.PatchGen.Runtime.Tests.Models;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// Bodies whose padding ends at a page that cannot be read: a load beyond the padding crashes the test process. The same bodies are also
/// placed directly after such a page, for loads before the body. Linux only; elsewhere the bodies are read without these pages.
/// </summary>
public partial class GuardPageTests(ITestOutputHelper output)
{
    private const int PageSize = 65_536; // a multiple of every page size in use

    [Fact]
    public void Nothing_is_read_beyond_the_padding_or_before_the_body()
    {
        int seed = FuzzTests.Setting("PATCHGEN_SEED", Environment.TickCount);
        int count = FuzzTests.Setting("PATCHGEN_FUZZ", 50_000) / 5;
        output.WriteLine($"seed {seed}, {count} bodies");
        var random = new Random(seed);
        using var pages = new GuardedPages();
        for (int i = 0; i < count; i++)
        {
            byte[] body = FuzzTests.Mutate(random);

            // Truncated at every position: in names, literals, escapes and numbers.
            ReadOnlySpan<byte> cut = body.AsSpan(0, random.Next(4) == 0 ? body.Length : random.Next(body.Length + 1));
            Read(pages.AtEnd(cut));
            Read(pages.AtStart(cut));
        }
    }

    [Fact]
    public void Every_prefix_of_a_body_with_all_kinds_of_values_can_be_read()
    {
        byte[] body = """
            {"projectLayerId":"\u00e9\ud83d\ude00 \"x\"","enabled":true,
            "firstComment":{"targets":["tiktok","instagram","a_name_of_more_than_sixteen"],
            "commentTemplate":"— more than thirty-two bytes of text, beyond ASCII — "},
            "replies":{"limits":{"per/hour":-12.5e+10}},"other":[false,null,{"a":0}],
            "an unknown name that is longer than the sixty-four bytes of padding after the body":1,
            "name":"Ava","vibe":null,"gender":"nonbinary"}
            """u8.ToArray();
        using var pages = new GuardedPages();
        for (int length = 0; length <= body.Length; length++)
        {
            Read(pages.AtEnd(body.AsSpan(0, length)));
            Read(pages.AtStart(body.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Every_prefix_of_a_document_can_be_patched()
    {
        byte[] document = """
            {"id":"\u00e9","name":"Ava","mood":"calm","motto":null,"traits":{"likes":["a name of more than sixteen"],"other":{"a":-1.5e+3}},
            """u8.ToArray();
        document = [.. document.Where(static one => one >= (byte)' ')];
        byte[] rest = """
            "home":{"number":7,"at":{"x":1,"y":2},"street":null},"images":["—"],"places":[],"updatedAt":"2026-01-01T00:00:00Z"}
            """u8.ToArray();
        document = [.. document, .. rest];
        var patch = new ProfilePatch { Name = "Mia", Traits = new TraitsPatch { Humor = "dry" }, Images = [] };
        var layout = new DocumentLayoutBuilder(DocumentWays.Writing).Build(PlainContext.Default.Profile, TableOf<ProfilePatch>())!;
        using var pages = new GuardedPages();
        Assert.True(Patch(pages.AtEnd(document), layout, patch));
        for (int length = 0; length < document.Length; length++)
        {
            Assert.False(Patch(pages.AtEnd(document.AsSpan(0, length)), layout, patch));
            Assert.False(Patch(pages.AtStart(document.AsSpan(0, length)), layout, patch));
        }
    }

    private static MemberTable TableOf<T>()
        where T : IPatch<T> => T.Table;

    private static bool Patch<T>(ReadOnlySpan<byte> padded, DocumentLayout layout, T patch)
        where T : IPatch<T>
    {
        DocumentSplicer splicer = default;
        splicer.Start(padded, layout, new byte[1024], new ulong[1], new DocumentChangeLimits(default, 64));
        patch.Splice(ref splicer);
        return splicer.TryFinish(out _);
    }

    private static void Read(ReadOnlySpan<byte> padded)
    {
        Read<InfluencerPatch>(padded);
        Read<EngagementPatch>(padded);
        Read<OpenPatch>(padded);
        Read<Parity.SheetPatch>(padded);
    }

    // Without the copy that PatchReader makes, which would hide reads beyond the body.
    private static void Read<T>(ReadOnlySpan<byte> padded)
        where T : IPatch<T>
    {
        var scanner = new PatchScanner(padded, 0, PatchReadOptions.Default);
        scanner.Finish(T.Read(ref scanner, 0, out _));
        _ = scanner.Problems.ToProblems();
    }

    private sealed unsafe partial class GuardedPages : IDisposable
    {
        private const int Readable = 4 * PageSize;
        private readonly byte* _start;

        public GuardedPages()
        {
            if (!OperatingSystem.IsLinux())
            {
                _start = (byte*)NativeMemory.AllocZeroed(Readable + 2 * PageSize);
                return;
            }

            const int ReadWrite = 3, PrivateAnonymous = 0x22;
            nint mapped = Map(0, Readable + 2 * PageSize, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, mapped);
            _start = (byte*)mapped;
            Assert.Equal(0, Protect(mapped, PageSize, 0));
            Assert.Equal(0, Protect(mapped + PageSize + Readable, PageSize, 0));
        }

        private Span<byte> All => new(_start + PageSize, Readable);

        public ReadOnlySpan<byte> AtEnd(ReadOnlySpan<byte> body) => Fill(All[^(body.Length + PaddedUtf8.Padding)..], body);

        public ReadOnlySpan<byte> AtStart(ReadOnlySpan<byte> body) => Fill(All[..(body.Length + PaddedUtf8.Padding)], body);

        public void Dispose()
        {
            if (OperatingSystem.IsLinux())
            {
                Assert.Equal(0, Unmap((nint)_start, Readable + 2 * PageSize));
            }
            else
            {
                NativeMemory.Free(_start);
            }
        }

        private static ReadOnlySpan<byte> Fill(Span<byte> place, ReadOnlySpan<byte> body)
        {
            body.CopyTo(place);
            return PaddedUtf8.Pad(place, body.Length);
        }

        [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
        private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
        private static partial int Protect(nint address, nint length, int protection);

        [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
        private static partial int Unmap(nint address, nint length);
    }
}
