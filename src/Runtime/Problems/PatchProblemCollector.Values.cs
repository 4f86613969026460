using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

// Values of patches that were made in code, checked for what a reader would refuse.
public partial struct PatchProblemCollector
{
    /// <summary>Checks all the members of a patch.</summary>
    public static PatchProblems Check<TPatch>(in TPatch patch)
        where TPatch : IPatch<TPatch>
    {
        var problems = new PatchProblemCollector(PatchReadOptions.Default.MaxProblems);
        patch.Validate(ref problems);
        return problems.ToProblems();
    }

    /// <summary>Checks a value that may not be null.</summary>
    public void CheckValue<T, TValue>(string name, TValue codec, T? value)
        where TValue : struct, IPatchValue<T>
    {
        int entered = Enter();
        if (value is null)
        {
            Add(ProblemKind.NullNotAllowed, null, null);
        }
        else
        {
            codec.Check(ref this, value);
        }

        Leave(entered, name);
    }

    /// <summary>Checks a value that may be null.</summary>
    public void CheckNullableValue<T, TValue>(string name, TValue codec, T? value)
        where T : class
        where TValue : struct, IPatchValue<T>
    {
        if (value is not null)
        {
            CheckValue(name, codec, value);
        }
    }

    /// <inheritdoc cref="CheckNullableValue{T, TValue}(string, TValue, T)"/>
    public void CheckNullableValue<T, TValue>(string name, TValue codec, T? value)
        where T : struct
        where TValue : struct, IPatchValue<T>
    {
        if (value is { } present)
        {
            CheckValue(name, codec, present);
        }
    }

    /// <summary>Checks a patch that may not be null.</summary>
    public void CheckPatch<TPatch>(string name, TPatch? patch)
        where TPatch : IPatch<TPatch>
    {
        int entered = Enter();
        if (patch is null)
        {
            Add(ProblemKind.NullNotAllowed, null, null);
        }
        else
        {
            patch.Validate(ref this);
        }

        Leave(entered, name);
    }

    /// <summary>Checks a patch that may be null.</summary>
    public void CheckNullablePatch<TPatch>(string name, TPatch? patch)
        where TPatch : class, IPatch<TPatch>
    {
        if (patch is not null)
        {
            CheckPatch(name, patch);
        }
    }

    /// <inheritdoc cref="CheckNullablePatch{TPatch}(string, TPatch)"/>
    public void CheckNullablePatch<TPatch>(string name, TPatch? patch)
        where TPatch : struct, IPatch<TPatch>
    {
        if (patch is { } present)
        {
            CheckPatch(name, present);
        }
    }

    /// <summary>Checks the members of an open object: their names, and how many there are.</summary>
    public void CheckOpen(IEnumerable<KeyValuePair<string, JsonElement>>? members)
    {
        int count = 0;
        foreach ((string name, _) in members ?? [])
        {
            CheckName(name, PatchReadOptions.Default.MaxOpenNameLength);
            count++;
        }

        if (count > PatchReadOptions.Default.MaxOpenMembers)
        {
            Add(ProblemKind.TooManyMembers, null, null, 0, PatchReadOptions.Default.MaxOpenMembers);
        }
    }

    /// <summary>Checks that a patch changes something, when nothing else is wrong with it.</summary>
    public void CheckAny(bool isEmpty)
    {
        if (isEmpty && Count == 0)
        {
            Add(ProblemKind.EmptyPatch, null, null);
        }
    }
}
