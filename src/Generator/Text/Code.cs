using System.Linq;

namespace Layers.PatchGen.Generator.Text;

/// <summary>
/// An expression, a type or a list, as far as it is laid out: text, or items between brackets, each of which gets a line of its own where
/// they do not
/// fit on one.
/// </summary>
internal sealed class Code
{
    private Code(string open, Code[] items, string close)
    {
        (Open, Items, Close) = (open, items, close);
        Text = items.Length == 0 ? open + close : open + string.Join(", ", items.Select(static i => i.Text)) + close;
    }

    public string Open { get; }

    public Code[] Items { get; }

    public string Close { get; }

    /// <summary>The whole on one line.</summary>
    public string Text { get; }

    public static implicit operator Code(string text) => new(text, [], "");

    /// <summary>Text, and items that follow it.</summary>
    public static Code Of(string open, Code[] items, string close) => new(open, items, close);

    /// <summary>A call, or the parameters of a method.</summary>
    public static Code Call(string head, params Code[] arguments) => new(head + "(", arguments, ")");

    /// <summary>A collection expression.</summary>
    public static Code List(string head, params Code[] items) => new(head + "[", items, "]");

    /// <summary>A generic type.</summary>
    public static Code Generic(string head, params Code[] arguments) => arguments.Length == 0 ? head : new Code(head + "<", arguments, ">");

    /// <summary>An assignment.</summary>
    public static Code Assign(string target, Code value) => new($"{target} = {value.Open}", value.Items, value.Close);

    /// <summary>Two conditions; of those, the second can be broken.</summary>
    public static Code And(string left, Code right) => new($"{left} && {right.Open}", right.Items, right.Close);

    /// <summary>The code with more text after it.</summary>
    public Code Then(string tail) => new(Open, Items, Close + tail);

    public override string ToString() => Text;
}
