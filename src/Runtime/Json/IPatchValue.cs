using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>How values of one type are read, written and compared. Implemented by structures, so that the compiler sees through them.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPatchValue<T>
{
    /// <summary>Reads a value other than null. What is wrong is reported without its place, which the caller adds.</summary>
    /// <param name="scanner">The body.</param>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="value">What was read; the type's default when there was a problem.</param>
    /// <returns>The position after the value.</returns>
    int Read(ref PatchScanner scanner, int at, out T? value);

    /// <summary>Writes a value as <see cref="Read"/> reads it.</summary>
    void Write(Utf8JsonWriter writer, T value);

    /// <summary>Checks a value that was made in code for what <see cref="Read"/> would refuse. What is wrong is reported without its place.</summary>
    void Check(ref PatchProblemCollector problems, T value);

    /// <summary>Writes the keywords of JSON Schema that say what <see cref="Read"/> takes.</summary>
    void Describe(PatchSchemaWriter schema);

    /// <summary>Whether two values are the same.</summary>
    bool AreEqual(T left, T right);

    /// <summary>A hash code that is the same for values that are, and that senders of values cannot steer.</summary>
    int Hash(T value);

    /// <summary>Whether null is checked too, by <see cref="CheckNull"/>, where it may be sent.</summary>
    static virtual bool ChecksNull => false;

    /// <summary>Whether a value changes what is there rather than takes its place: values are patches themselves, or dictionaries.</summary>
    static virtual bool IsMerged => false;

    /// <summary>Checks a null that may be sent. What is wrong is reported without its place.</summary>
    void CheckNull(ref PatchProblemCollector problems)
    {
    }

    /// <summary>Whether a value that is merged changes nothing.</summary>
    bool IsEmpty(T value) => false;

    /// <summary>Makes one value of two that are applied one after the other.</summary>
    /// <param name="earlier">The value that is applied first.</param>
    /// <param name="later">The value that is applied second.</param>
    /// <param name="member">The member, for an error.</param>
    /// <exception cref="InvalidOperationException">The earlier clears what the later merges into: no one value says that.</exception>
    T Merge(T earlier, T later, string member) => later;
}
