using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LiteDB.Engine;

namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>Closes LiteDB 5.0.21, which cannot end all transactions after an error.</summary>
internal static class LiteDbTransactions
{
    private const string GetTransactions = "get_Transactions";

    /// <summary>
    /// Disposes of an engine, and keeps the finalizers of transactions that are left from running. After an error, a page may have been
    /// released already; the finalizer releases it again, which throws, and an exception in a finalizer ends the process.
    /// </summary>
    /// <param name="engine">The engine.</param>
    [DynamicDependency("_monitor", typeof(LiteEngine))]
    [DynamicDependency(GetTransactions, "LiteDB.Engine.TransactionMonitor", "LiteDB")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The method is kept by DynamicDependency.")]
    [SuppressMessage("Usage", "CA1816", Justification = "These are objects of LiteDB.")]
    public static void Close(LiteEngine engine)
    {
        engine.Dispose();
        object? monitor = typeof(LiteEngine).GetField("_monitor", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(engine);
        var left = monitor?.GetType().GetMethod(GetTransactions)?.Invoke(monitor, null) as IEnumerable;
        foreach (object transaction in left ?? Array.Empty<object>())
        {
            GC.SuppressFinalize(transaction);
        }
    }
}
