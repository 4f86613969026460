using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>Transactions that LiteDB 5.0.21 could not end when it closed after an error.</summary>
internal static class LiteDbTransactions
{
    private const string Transactions = "Transactions";

    /// <summary>
    /// Keeps their finalizers from running. After an error, a page may have been released already; the finalizer of the transaction
    /// releases it again, which throws, and an exception in a finalizer ends the process.
    /// </summary>
    /// <param name="engine">An engine that is disposed of.</param>
    [DynamicDependency("_monitor", typeof(LiteEngine))]
    [DynamicDependency("get_" + Transactions, "LiteDB.Engine.TransactionMonitor", "LiteDB")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The property is kept by DynamicDependency.")]
    [SuppressMessage("Usage", "CA1816", Justification = "These are objects of LiteDB.")]
    public static void Abandon(LiteEngine engine)
    {
        object? monitor = typeof(LiteEngine).GetField("_monitor", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(engine);
        var left = monitor?.GetType().GetProperty(Transactions)?.GetValue(monitor) as IEnumerable;
        foreach (object transaction in left ?? Array.Empty<object>())
        {
            GC.SuppressFinalize(transaction);
        }
    }
}
