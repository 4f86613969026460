using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Testing;

/// <summary>A document that is a class, changed in place, and found by a UUID or an integer.</summary>
public sealed class Counter
{
    public const string Collection = "counters";

    [Key]
    public int CounterId { get; set; }

    public Guid Owner { get; set; }

    public long Slot { get; set; }

    public int Value { get; set; }

    public string? Note { get; set; }

    [NotInResponse]
    public string Secret { get; set; } = "kept";

    [ChangedAt]
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Without authorization, PATCH only, found by an integer key. The hooks of its handler are below.</summary>
[Patch<Counter>]
[PatchEndpoint("/counters/{counterId}", Context = typeof(CounterJson), Collection = Counter.Collection)]
public sealed partial record CounterPatch
{
    public partial int Value { get; init; }

    public partial string? Note { get; init; }
}

/// <summary>With scopes and a selector, found by a UUID and an integer; <c>If-Match</c> is required.</summary>
[Patch<Counter>]
[PatchEndpoint(
    "/owners/{owner}/counters",
    Context = typeof(CounterJson),
    Collection = Counter.Collection,
    Scope = "counters:write",
    ReadScope = "counters:read",
    RequireIfMatch = true)]
public sealed partial record OwnedCounterPatch
{
    [Selector]
    public partial long Slot { get; init; }

    public partial int Value { get; init; }
}

/// <summary>Its handler has a rule that waits.</summary>
[Patch<Counter>]
[PatchEndpoint("/checked/{counterId}", Context = typeof(CounterJson), Collection = Counter.Collection)]
public sealed partial record CheckedCounterPatch
{
    public partial int Value { get; init; }

    public partial string? Note { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Counter))]
public sealed partial class CounterJson : JsonSerializerContext;

/// <summary>What the hooks do, and a record of their calls.</summary>
public sealed class Hooks
{
    public List<PatchSaved<CounterPatch, Counter>> Saved { get; } = [];

    public Action<PatchSaved<CounterPatch, Counter>>? OnSaved { get; set; }

    public int Applied { get; set; }

    /// <summary>The rule of <see cref="CheckedCounterPatch"/>.</summary>
    public Func<PatchCheckContext<CheckedCounterPatch, Counter>, Task> OnCheck { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<PatchSaved<CheckedCounterPatch, Counter>> CheckedSaved { get; } = [];
}

public sealed partial class CounterPatchHandler(Hooks hooks)
{
    protected override void Validate(CounterPatch patch, PatchValidation validation)
    {
        if (patch.Value < 0 && patch.Note is null)
        {
            validation.Add("/value", "negative", "A negative value needs a note.", new Dictionary<string, string> { ["needs"] = "note" });
        }
    }

    protected override Counter Apply(CounterPatch patch, Counter document, out bool changed)
    {
        hooks.Applied++;
        if (patch.Value > 1000)
        {
            throw new PatchRejectedException(new PatchError(409, "full", $"At most {document.Value} fits."));
        }

        if (patch.Note == "throw")
        {
            throw new InvalidOperationException("secret of the server");
        }

        return base.Apply(patch, document, out changed);
    }

    protected override Task OnSavedAsync(PatchSaved<CounterPatch, Counter> saved)
    {
        lock (hooks.Saved)
        {
            hooks.Saved.Add(saved);
        }

        hooks.OnSaved?.Invoke(saved);
        return Task.CompletedTask;
    }
}

public sealed partial class CheckedCounterPatchHandler(Hooks hooks)
{
    protected override Task CheckAsync(PatchCheckContext<CheckedCounterPatch, Counter> context) => hooks.OnCheck(context);

    protected override Task OnSavedAsync(PatchSaved<CheckedCounterPatch, Counter> saved)
    {
        hooks.CheckedSaved.Enqueue(saved);
        return Task.CompletedTask;
    }
}
