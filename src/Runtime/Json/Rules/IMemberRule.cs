using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>
/// A constraint on the values of a member, which <see cref="RuledValue{T, TValue, TRule}"/> applies where a value is read, where a patch is
/// validated, and where the schema is written. Implemented by structures, so that the JIT can inline them.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMemberRule<T>
{
    /// <summary>Whether null is checked too, by <see cref="CheckNull"/>, where it may be sent.</summary>
    static virtual bool ChecksNull => false;

    /// <summary>Checks a value, and adds a problem without its location.</summary>
    void Check(ref PatchProblemCollector problems, T value);

    /// <summary>Checks a null that may be sent.</summary>
    void CheckNull(ref PatchProblemCollector problems)
    {
    }

    /// <summary>Adds the rule to the schema of the member.</summary>
    void Describe(PatchSchemaWriter schema);
}
