using Xunit.Abstractions;
using Xunit.Sdk;

namespace Layers.PatchGen.Storage.Tests.Contract;

/// <summary>On a class of tests that need a server: without one they are skipped, with the reason.</summary>
public interface INeedsServer
{
    /// <summary>Why the tests cannot run; null when they can.</summary>
    static abstract string? Missing { get; }
}

/// <summary>A fact that may be skipped, depending on the class that inherits it (<see cref="INeedsServer"/>).</summary>
[XunitTestCaseDiscoverer("Layers.PatchGen.Storage.Tests.Contract.StoreFactDiscoverer", "Layers.PatchGen.Storage.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>A theory that may be skipped, depending on the class that inherits it (<see cref="INeedsServer"/>).</summary>
[XunitTestCaseDiscoverer("Layers.PatchGen.Storage.Tests.Contract.StoreTheoryDiscoverer", "Layers.PatchGen.Storage.Tests")]
public sealed class StoreTheoryAttribute : TheoryAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new StoreTestCase(DiagnosticMessageSink, discoveryOptions, testMethod);
}

public sealed class StoreTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        [new StoreTestCase(DiagnosticMessageSink, discoveryOptions, testMethod, dataRow)];
}

public sealed class StoreTestCase : XunitTestCase
{
    [Obsolete("For the deserialiser.", error: true)]
    public StoreTestCase()
    {
    }

    public StoreTestCase(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method, object[]? row = null)
        : base(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, row)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute)
        ?? (typeof(INeedsServer).IsAssignableFrom(TestMethod.TestClass.Class.ToRuntimeType())
            ? (string?)TestMethod.TestClass.Class.ToRuntimeType().GetProperty(nameof(INeedsServer.Missing))!.GetValue(null)
            : null);
}
