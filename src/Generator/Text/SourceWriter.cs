using System.Runtime.CompilerServices;
using System.Text;

namespace Layers.PatchGen.Generator.Text;

/// <summary>Text with indentation. Lines end in a line feed on every system, so that the output is the same everywhere.</summary>
internal sealed partial class SourceWriter
{
    private readonly StringBuilder _text = new(16 * 1024);
    private int _lineStart;
    private int _indentation;

    private bool IsLineBegun => _text.Length > _lineStart;

    /// <summary>Writes to the current line.</summary>
    public SourceWriter Append(string text)
    {
        if (text.Length > 0)
        {
            _text.Append(' ', IsLineBegun ? 0 : 4 * _indentation).Append(text);
        }

        return this;
    }

    /// <summary>Ends the current line with some text; without any text, the line stays empty.</summary>
    public SourceWriter Line(string text = "")
    {
        Append(text)._text.Append('\n');
        _lineStart = _text.Length;
        return this;
    }

    /// <inheritdoc cref="Line(string)"/>
    /// <remarks>The text is written piece by piece, as it is evaluated, without a string of its own.</remarks>
    public SourceWriter Line([InterpolatedStringHandlerArgument("")] Pieces text)
    {
        _ = text;
        return Line();
    }

    public SourceWriter LineIf(bool condition, string text) => condition ? Line(text) : this;

    /// <summary>Opens a block; each block is closed by <see cref="Close"/>.</summary>
    public SourceWriter Open(string head = "") => (head.Length == 0 ? this : Line(head)).Line("{").Indent();

    /// <summary>Closes a block. An empty line at its end is removed.</summary>
    public SourceWriter Close(string tail = "")
    {
        if (_text.Length > 1 && _text[_text.Length - 1] == '\n' && _text[_text.Length - 2] == '\n')
        {
            _lineStart = --_text.Length;
        }

        return Unindent().Line("}" + tail);
    }

    public SourceWriter Indent()
    {
        _indentation++;
        return this;
    }

    public SourceWriter Unindent()
    {
        _indentation--;
        return this;
    }

    /// <summary>Returns what was written, and starts again.</summary>
    public string Take()
    {
        string text = _text.ToString();
        _text.Length = _lineStart = 0;
        return text;
    }

    [InterpolatedStringHandler]
    public readonly ref struct Pieces
    {
        private readonly SourceWriter _writer;

        /// <summary>Called by the compiler, which also tells how long the text will be.</summary>
        public Pieces(int literalLength, int holes, SourceWriter writer)
        {
            _ = literalLength + holes;
            _writer = writer;
        }

        public void AppendLiteral(string text) => _writer.Append(text);

        public void AppendFormatted(string text) => _writer.Append(text);

        public void AppendFormatted(int number) => _writer.Append(CSharp.Of(number));

        public void AppendFormatted(TypeSpec type) => _writer.Append(type.IsNullable ? type.Name + "?" : type.Name);
    }
}
