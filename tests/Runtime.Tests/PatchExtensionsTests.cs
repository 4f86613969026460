namespace Layers.PatchGen.Runtime.Tests;

public partial class PatchExtensionsTests
{
    [Fact]
    public void A_patch_is_applied_without_asking_what_changed()
    {
        var empty = new Jar();
        Assert.Equal(new Jar { Lids = 2 }, new JarPatch { Lids = 2 }.ApplyTo(empty));
        Assert.Same(empty, new JarPatch().ApplyTo(empty));
        Assert.Throws<ArgumentNullException>(() => ((JarPatch)null!).ApplyTo(empty));
    }

    internal sealed record Jar
    {
        public int Lids { get; init; }
    }

    [Patch<Jar>]
    internal sealed partial record JarPatch
    {
        public partial int Lids { get; init; }
    }
}
