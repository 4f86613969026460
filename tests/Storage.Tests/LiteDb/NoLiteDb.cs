namespace Layers.PatchGen.Storage.Tests.LiteDb;

public sealed class LiteDbContractTests
{
    [Fact(Skip = "NOT RUN: this build has no LiteDB, because the package feed has not (OptionalPackages.targets).")]
    public void LiteDb_keeps_the_contract()
    {
    }
}
