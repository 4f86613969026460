using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// How values of one type are read, written and compared. Implemented by structs, so that the JIT can inline them.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPatchValue<T>
{
    /// <summary>Reads a value other than null. Problems are reported without their place, which the caller adds.</summary>
    /// <param name="scanner">The body.</param>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="value">The value; the type's default if there was a problem.</param>
    /// <returns>The position after the value.</returns>
    int Read(ref PatchScanner scanner, int at, out T? value);

    /// <summary>Writes a value as <see cref="Read"/> reads it.</summary>
    void Write(Utf8JsonWriter writer, T value);

    /// <summary>
    /// Checks a value that was set in code for what <see cref="Read"/> would reject. Problems are reported without their place.
    /// </summary>
    void Check(ref PatchProblemCollector problems, T value);

    /// <summary>Writes the keywords of JSON Schema that describe what <see cref="Read"/> accepts.</summary>
    void Describe(PatchSchemaWriter schema);

    /// <summary>Whether two values are the same.</summary>
    bool AreEqual(T left, T right);

    /// <summary>A hash code that equal values share, resistant to chosen collisions.</summary>
    int Hash(T value);

    /// <summary>Whether null is checked too, by <see cref="CheckNull"/>, where it may be sent.</summary>
    static virtual bool ChecksNull => false;

    /// <summary>
    /// Whether a value is merged into the current one instead of replacing it: patches and dictionaries.
    /// </summary>
    static virtual bool IsMerged => false;

    /// <summary>
    /// Whether a value may be an object that replaces the current one as a whole: JSON of any kind, and types of a serializer context.
    /// </summary>
    static virtual bool KeepsObjects => false;

    /// <summary>Checks a null that may be sent. Problems are reported without their place.</summary>
    void CheckNull(ref PatchProblemCollector problems)
    {
    }

    /// <summary>Whether a value that is merged changes nothing.</summary>
    bool IsEmpty(T value) => false;

    /// <summary>Applies a nested patch to the JSON of the object that was entered; any other value needs the object.</summary>
    static virtual void Splice(ref DocumentSplicer document, T value) => document.Fail();

    /// <summary>Makes one value of two that are applied one after the other.</summary>
    /// <param name="earlier">The value that is applied first.</param>
    /// <param name="later">The value that is applied second.</param>
    /// <param name="member">The member, for an error.</param>
    /// <exception cref="InvalidOperationException">
    /// The earlier value clears what the later one merges into: no single value can express both.
    /// </exception>
    T Merge(T earlier, T later, string member) => later;
}
