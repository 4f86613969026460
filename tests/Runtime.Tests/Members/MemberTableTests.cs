using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Members;

/// <summary>The member table without the generator: how it finds fields, and which references it rejects.</summary>
public class MemberTableTests
{
    [Fact]
    public void A_field_is_found_in_every_state_of_its_type()
    {
        Mixed measured = default;
        StateLayout layout = StateLayout.Of(ref measured);
        StateField<bool> flag = layout.Locate(in measured.Flag);
        StateField<string?> text = layout.Locate(in measured.Text);
        StateField<Inner> inner = layout.Locate(in measured.Inner);
        StateField<string?> nested = layout.Locate(in measured.Inner.Text);
        StateField<decimal?> number = layout.Locate(in measured.Number);
        StateField<byte> last = layout.Locate(in measured.Last);

        Mixed[] states = [new(), new() { Flag = true, Text = "a", Inner = new() { Text = "b", Count = 3 }, Number = 4.5m, Last = 6 }];
        StateRef state = StateRef.Of(in states[1]);
        Assert.Equal(
            (true, "a", 3, "b", 4.5m, (byte)6),
            (state.Field(flag), state.Field(text), state.Field(inner).Count, state.Field(nested), state.Field(number), state.Field(last)));

        state.Field(nested) = "c";
        state.Field(number) = null;
        Assert.Equal(("c", null, "a"), (states[1].Inner.Text, states[1].Number, states[1].Text));
        Assert.Equal(new Mixed(), states[0]);
    }

    [Fact]
    public void A_reference_outside_of_the_state_is_rejected()
    {
        Neighbours all = default;
        StateLayout layout = StateLayout.Of(ref all.Middle);
        Assert.Equal(0, layout.Locate(in all.Middle).Offset);

        Assert.Throws<ArgumentException>(() => Locate(static (ref Neighbours all) => ref all.Before));
        Assert.Throws<ArgumentException>(() => Locate(static (ref Neighbours all) => ref all.After));
        Assert.Throws<ArgumentException>(() => Locate(static (ref Neighbours all) => ref all.Middle.Inner.Text, new Mixed()));
        Assert.Throws<ArgumentException>(static () =>
        {
            // Starts within the state and ends after it.
            Mixed state = default;
            StateLayout.Of(ref state).Locate(in Unsafe.As<byte, Neighbours>(ref state.Last));
        });
    }

    [Fact]
    public void A_table_rejects_references_to_another_state()
    {
        Assert.Throws<ArgumentException>(static () =>
        {
            Mixed state = default, other = default;
            return MemberTableBuilder.For(ref state).ToTable(ref other, ref state.Present);
        });
        Assert.Throws<ArgumentException>(static () =>
        {
            Mixed state = default, other = default;
            return MemberTableBuilder.For(ref state).ToTable(ref state, ref other.Present);
        });
        Assert.Throws<ArgumentException>(static () =>
        {
            // Another type at the same address.
            Wrapper wrapper = new() { Only = new() };
            return MemberTableBuilder.For(ref wrapper).ToTable(ref wrapper.Only, ref wrapper.Only.Present);
        });
        Assert.Throws<ArgumentException>(static () =>
        {
            Mixed state = default, other = default;
            var rows = MemberTableBuilder.For(ref state);
            rows.Add("text", "Text", PatchValues.String, ref other.Text);
            return 0;
        });
        Assert.Throws<ArgumentException>(static () =>
        {
            Mixed state = default;
            var rows = MemberTableBuilder.For(ref state);
            for (int i = 0; i < 65; i++)
            {
                rows.Add($"m{i}", $"M{i}", PatchValues.String, ref state.Text);
            }

            return rows.ToTable(ref state, ref state.Present);
        });
    }

    [Fact]
    public void Bits_beyond_the_capacity_are_rejected()
    {
        MemberBits<UInt128> two = default;
        two.Add(127);
        Assert.True(two.Has(127));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Has(128));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Has(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            MemberBits<UInt128> bits = default;
            bits.TryAdd(128);
        });
    }

    [Fact]
    public void Bits_are_added_once_and_queried()
    {
        MemberBits<UInt128> bits = default;
        Assert.True(bits.IsEmpty);
        Assert.True(bits.HasOnly());
        foreach (int index in new[] { 0, 63, 64, 127 })
        {
            Assert.False(bits.Has(index));
            Assert.True(bits.TryAdd(index));
            Assert.False(bits.TryAdd(index));
            Assert.True(bits.Has(index));
        }

        Assert.False(bits.IsEmpty);
        Assert.True(bits.HasOnly(127, 0, 64, 63));
        Assert.False(bits.HasOnly(0, 63, 64));
    }

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(0, 5, 63, 64, 100, 127, 128, 129)]
    public void Members_on_both_sides_of_a_word_boundary_are_written_and_printed(params int[] members)
    {
        Many patch = Many.Of(members);
        Assert.Equal($"{{{string.Join(",", members.Select(static member => $"\"m{member}\":{member}"))}}}", Read.Written(patch));
        Assert.Equal(
            $"Many {{ {string.Join(", ", members.Select(static member => $"M{member} = {member}"))}{(members.Length == 0 ? "" : " ")}}}",
            patch.ToString());
    }

    [Fact]
    public void Patches_are_equal_by_the_members_that_are_present_and_their_values()
    {
        Assert.Equal(Many.Of(3, 64, 129), Many.Of(129, 64, 3));
        Assert.Equal(Many.Of(3, 64, 129).GetHashCode(), Many.Of(129, 64, 3).GetHashCode());
        Assert.NotEqual(Many.Of(3, 64, 129), Many.Of(3, 64));
        Assert.NotEqual(Many.Of(0), new Many()); // Present, with the default value.
        Assert.NotEqual(Many.Of(0).GetHashCode(), new Many().GetHashCode());
    }

    [Fact]
    public void Removed_members_have_their_default_value()
    {
        Many patch = Many.Of(3, 64, 129);
        Assert.Equal(Many.Of(64), patch.Without(Many.Set(3, 129, 5)));
        Assert.Equal(Many.Of(3, 64, 129), patch);
        Assert.Equal(Many.Of(3, 64, 129), patch.Without(Many.Set(64)).Merge(Many.Of(64)));
        Assert.Equal(new Many(), patch.Without(~default(MemberSet<Many>)));
    }

    [Fact]
    public void A_name_is_escaped_by_the_encoder_of_the_writer()
    {
        Mixed state = default;
        var rows = MemberTableBuilder.For(ref state);
        rows.Add("päron \"<\"", "Text", PatchValues.String, ref state.Text);
        rows.Add("plain0", "Flag", PatchValues.Boolean, ref state.Flag);
        MemberTable<Mixed> table = rows.ToTable(ref state, ref state.Present);
        state.Text = "x";
        state.Present.Add(0);
        state.Present.Add(1);
        Assert.Equal("""{"p\u00E4ron \u0022\u003C\u0022":"x","plain0":false}""", Written(null));
        Assert.Equal("""{"päron \"<\"":"x","plain0":false}""", Written(JavaScriptEncoder.UnsafeRelaxedJsonEscaping));

        string Written(JavaScriptEncoder? encoder)
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new() { Encoder = encoder }))
            {
                table.Write(in state, writer);
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    [Fact]
    public async Task The_garbage_collector_may_move_states_while_they_are_used()
    {
        // The garbage collector updates references into objects, so values stay correct while it moves them.
        using var stop = new CancellationTokenSource();
        Task collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(1, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        });
        int[] members = [.. Enumerable.Range(0, Many.Count)];
        for (int i = 0; i < 3_000; i++)
        {
            Many patch = Many.Of(members), merged = new Many().Merge(patch);
            Assert.Equal(patch, merged);
            Assert.Equal(Many.Of(7), merged.Without(~Many.Set(7)));
        }

        await stop.CancelAsync();
        await collector;
    }

    private delegate ref byte Field(ref Neighbours all);

    private static void Locate(Field field)
    {
        Neighbours all = default;
        StateLayout.Of(ref all.Middle).Locate(in field(ref all));
    }

    private delegate ref string? TextField(ref Neighbours all);

    private static void Locate(TextField field, Mixed measured)
    {
        Neighbours all = default;
        StateLayout.Of(ref measured).Locate(in field(ref all));
    }

    private record struct Mixed
    {
        public MemberBits<ulong> Present;
        public bool Flag;
        public string? Text;
        public Inner Inner;
        public decimal? Number;
        public byte Last;
    }

    private record struct Inner
    {
        public int Count;
        public string? Text;
    }

    private struct Neighbours
    {
        public byte Before;
        public Mixed Middle;
        public byte After;
    }

    private struct Wrapper
    {
        public Mixed Only;
    }
}
