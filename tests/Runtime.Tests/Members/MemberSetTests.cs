using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests.Members;

public class MemberSetTests(ITestOutputHelper output)
{
    private static readonly int[] Indexes = [0, 1, 31, 32, 62, 63, 64, 65, 127, 128, 129];

    [Fact]
    public void A_set_contains_the_members_it_was_created_from()
    {
        foreach (int index in Indexes)
        {
            MemberSet<Many> set = new(index);
            PatchMember member = Assert.Single(set);
            Assert.Equal(($"m{index}", $"M{index}", $"/m{index}"), (member.Name, member.PropertyName, member.Pointer));
            Assert.False(set.IsEmpty);
            Assert.All(Indexes, other => Assert.Equal(other == index, set.Contains(new MemberSet<Many>(other))));
        }
    }

    [Fact]
    public void An_empty_set_is_the_default()
    {
        MemberSet<Many> none = default;
        Assert.True(none.IsEmpty);
        Assert.Empty(none);
        Assert.Equal("", none.ToString());
        Assert.True(none.Contains(none));
        Assert.Equal(none, new Many().Present);
        Assert.Equal(Many.Count, (~none).Count);
        Assert.Equal(none, ~~none);
    }

    [Fact]
    public void ToString_lists_the_names_in_declaration_order()
    {
        Assert.Equal("m0, m63, m64, m129", Many.Set(129, 63, 64, 0).ToString());
        Assert.Equal(["m1", "m128"], Many.Set(128, 1).Select(static member => member.Name));
    }

    [Fact]
    public void Sets_with_the_same_members_are_equal()
    {
        MemberSet<Many> few = Many.Set(3), many = Many.Set(3, 100, 129);
        Assert.Equal(few, many & Many.Set(3, 4));
        Assert.Equal(few.GetHashCode(), (many & ~Many.Set(100, 129)).GetHashCode());
        Assert.True(few == (many & few));
        Assert.True(few != many);
        Assert.Equal(Many.Of(3, 100, 129).Present, many);
        Assert.Equal(Many.Of(3).Present.GetHashCode(), few.GetHashCode());
        Assert.False(few.Equals((object)"m3"));
    }

    [Fact]
    public void Set_operations_agree_with_HashSet()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++)
        {
            HashSet<int> left = Some(random), right = Some(random);
            MemberSet<Many> l = Many.Set(left), r = Many.Set(right);
            Check(left.Union(right), l | r);
            Check(left.Intersect(right), l & r);
            Check(Enumerable.Range(0, Many.Count).Except(left), ~l);
            Assert.Equal(left.IsSupersetOf(right), l.Contains(r));
            Assert.Equal(left.SetEquals(right), l == r);
        }

        static HashSet<int> Some(Random random) =>
            [
                .. Enumerable.Range(0, random.Next(6)).Select(
                    _ => random.Next(2) == 0 ? Indexes[random.Next(Indexes.Length)] : random.Next(Many.Count)),
            ];

        static void Check(IEnumerable<int> expected, MemberSet<Many> found)
        {
            int[] members = [.. expected.Order()];
            Assert.Equal(members.Select(static index => $"m{index}"), found.Select(static member => member.Name));
            Assert.Equal(members.Length, found.Count);
            Assert.Equal(members.Length == 0, found.IsEmpty);
            Assert.Equal(Many.Of(members).Present, found);
            Assert.Equal(Many.Of(members).Present.GetHashCode(), found.GetHashCode());
        }
    }

    [Fact]
    public void A_set_can_be_enumerated_again()
    {
        IEnumerator<PatchMember> members = ((IEnumerable<PatchMember>)Many.Set(5, 70)).GetEnumerator();
        Assert.True(members.MoveNext());
        Assert.True(members.MoveNext());
        Assert.False(members.MoveNext());
        members.Reset();
        Assert.True(members.MoveNext());
        Assert.Equal("m5", members.Current.ToString());
    }

    [Fact]
    public void Sets_of_the_first_64_members_do_not_allocate()
    {
        Many patch = Many.Of(1, 2);
        MemberSet<Many> result = default;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            result = (new MemberSet<Many>(1) | new MemberSet<Many>(63)) & patch.Present;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(Many.Set(1), result);
    }
}
