using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using LiteDB;
using LiteDB.Engine;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

public sealed class LiteDbTransactionsTests
{
    /// <summary>Where it fails, the process of the tests ends.</summary>
    [Fact]
    public void A_transaction_that_LiteDB_cannot_end_does_not_end_the_process()
    {
        Assert.Equal(1, LeaveOne());
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    // Not inlined, so that nothing refers to the engine afterwards.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LeaveOne()
    {
        var engine = new LiteEngine(new EngineSettings { DataStream = new MemoryStream() });
        engine.Insert("things", Enumerable.Range(1, 100).Select(static i => new BsonDocument { ["_id"] = i }), BsonAutoId.Int32);
        engine.Query("things", new Query()).Read();
        ICollection transactions = (ICollection)Get(Get(engine, "_monitor"), "Transactions");
        foreach (object page in transactions.Cast<object>()
            .SelectMany(static one => ((IEnumerable)Get(one, "Snapshots")).Cast<object>())
            .SelectMany(static one => ((IEnumerable)Get(one, "LocalPages")).Cast<object>()))
        {
            object buffer = Get(page, "Buffer");
            buffer.GetType().GetField("ShareCounter")!.SetValue(buffer, 0); // as if it had been released
        }

        LiteDbTransactions.Close(engine);
        return transactions.Count;
    }

    private static object Get(object of, string name)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return (of.GetType().GetField(name, Any)?.GetValue(of) ?? of.GetType().GetProperty(name, Any)?.GetValue(of))!;
    }
}
