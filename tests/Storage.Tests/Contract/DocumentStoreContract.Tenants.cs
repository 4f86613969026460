using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests.Contract;

public abstract partial class DocumentStoreContract
{
    [StoreFact]
    public async Task Another_tenant_sees_nothing_and_changes_nothing()
    {
        StoredDocument mine = await Insert(new DocumentKey("mine", "things", "a"), """{"project":"p"}""");
        var theirs = new DocumentKey("theirs", "things", "a");

        Assert.Null(await Store.LoadAsync(theirs));
        Assert.Empty(await Store.FindAsync(DocumentSelection.Of(theirs), 10));
        Assert.Empty(await Store.FindAsync(new DocumentSelection("theirs", "things", null, [new MemberValue("project", "p")]), 10));
        Assert.Empty(await Store.FindAsync(new DocumentSelection("theirs", "things", null, []), 10));
        Assert.Equal(TransformStatus.NotFound, (await Set(DocumentSelection.Of(theirs), "{}", mine.Version)).Status);
        Assert.Equal(TransformStatus.NotFound, (await Set(
            new DocumentSelection("theirs", "things", null, [new MemberValue("project", "p")]), "{}")).Status);
        Assert.False(await Store.DeleteAsync(theirs));
        await Insert(theirs, """{"project":"q"}""");
        await Same(mine, Store.LoadAsync(mine.Key));
    }

    /// <summary>
    /// Tenants with similar names, each with its own documents, and another tenant with such a name: no call of it with the ids, members
    /// and versions of others finds or changes anything.
    /// </summary>
    [StoreFact]
    public async Task Nothing_is_found_by_another_tenant()
    {
        int seed = Size("STORE_SEED", Environment.TickCount);
        int steps = Size("STORE_STEPS", 300);
        var random = new Random(seed);
        var owned = new Dictionary<DocumentKey, StoredDocument>();
        string[] owners = [.. Enumerable.Range(0, 12).Select(_ => Name(random)).Append("org").Distinct()];
        foreach (string owner in owners)
        {
            for (int i = 0; i < 3; i++)
            {
                var key = new DocumentKey(owner, "things", $"{i}");
                owned[key] = await Insert(key, $$"""{"project":"p{{i}}","n":{{i}},"all":1}""");
            }
        }

        for (int step = 0; step < steps; step++)
        {
            StoredDocument document = owned.Values.ElementAt(random.Next(owned.Count));
            string stranger = Near(random, document.Key.Tenant);
            if (owners.Contains(stranger) || !new DocumentKey(stranger, "", "").IsValid)
            {
                continue;
            }

            try
            {
                await NothingFor(document.Key with { Tenant = stranger }, document);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"STORE_SEED={seed}: step {step}, {JsonSerializer.Serialize(stranger)} accesses a document of "
                    + JsonSerializer.Serialize(document.Key.Tenant),
                    exception);
            }
        }

        foreach (StoredDocument document in owned.Values)
        {
            await Same(document, Store.LoadAsync(document.Key));
        }

        async Task NothingFor(DocumentKey key, StoredDocument document)
        {
            MemberValue[] equal =
            [
                new MemberValue("all", 1),
                new MemberValue("project", $"p{document.Key.Id}"),
                new MemberValue("n", int.Parse(document.Key.Id, provider: null)),
            ];
            DocumentSelection[] selections =
            [
                DocumentSelection.Of(key),
                new DocumentSelection(key.Tenant, key.Collection, null, []),
                new DocumentSelection(key.Tenant, key.Collection, null, equal[..random.Next(1, 4)]),
                new DocumentSelection(key.Tenant, key.Collection, key.Id, equal[1..]),
            ];
            Assert.Null(await Store.LoadAsync(key));
            Assert.False(await Store.DeleteAsync(key));
            foreach (DocumentSelection selection in selections)
            {
                Assert.Empty(await Store.FindAsync(selection, 10));
                TransformResult result = await Store.TransformAsync<object?>(
                    selection, random.Next(2) == 0 ? [document.Version] : null, null, (_, _) =>
                        throw new InvalidOperationException("The transform received a document."));
                Assert.Equal(TransformStatus.NotFound, result.Status);
                Assert.Empty(result.Documents);
            }

            // It can use the same id, and changes of its own document do not affect others.
            StoredDocument own = await Insert(key, """{"project":"mine"}""");
            Assert.NotEqual(document.Version, own.Version);
            Assert.Equal(TransformStatus.Changed, (await Set(DocumentSelection.Of(key), """{"all":1}""")).Status);
            Assert.Single(await Store.FindAsync(selections[1], 10));
            await Same(document, Store.LoadAsync(document.Key));
            Assert.True(await Store.DeleteAsync(key));
            await Same(document, Store.LoadAsync(document.Key));
        }
    }

    private static string Name(Random random) => random.Next(3) switch
    {
        0 => LookAlikes[random.Next(LookAlikes.Length)],
        1 => LookAlikes[random.Next(LookAlikes.Length)] + LookAlikes[random.Next(LookAlikes.Length)],
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Character(random))),
    };

    /// <summary>A name that some comparison may treat as equal.</summary>
    private static string Near(Random random, string name) => random.Next(8) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.ToLowerInvariant(),
        2 => name + LookAlikes[random.Next(LookAlikes.Length)],
        3 => LookAlikes[random.Next(LookAlikes.Length)] + name,
        4 => name.Trim(),
        5 =>
            name.IsNormalized(NormalizationForm.FormKD)
                ? name.Normalize(NormalizationForm.FormC)
                : name.Normalize(NormalizationForm.FormKD),
        6 => name.Length == 0 ? "things" : name[..random.Next(name.Length)],
        _ => Name(random),
    };

    private static string Character(Random random)
    {
        int point = random.Next(3) switch { 0 => random.Next(1, 0x80), 1 => random.Next(0x80, 0xD800), _ => random.Next(0xE000, 0x110000) };
        return char.ConvertFromUtf32(point);
    }
}
