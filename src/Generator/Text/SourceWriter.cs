using System.Runtime.CompilerServices;
using System.Text;

namespace Layers.PatchGen.Generator.Text;

/// <summary>Writes indented C#. Lines end in a line feed on every system, so that the output is the same everywhere.</summary>
internal sealed partial class SourceWriter
{
    private readonly StringBuilder _text = new(16 * 1024);
    private int _lineStart;
    private int _indentation;

    /// <summary>Writes a line. Without text, it is empty; text that is too long for one line is broken.</summary>
    public SourceWriter Line(string text = "")
    {
        Append(text);
        return EndLine();
    }

    /// <inheritdoc cref="Line(string)"/>
    /// <remarks>The parts are appended as they are evaluated, without an intermediate string.</remarks>
    public SourceWriter Line([InterpolatedStringHandlerArgument("")] Parts text)
    {
        _ = text;
        return EndLine();
    }

    public SourceWriter LineIf(bool condition, string text) => condition ? Line(text) : this;

    /// <summary>Opens a block, which <see cref="Close"/> closes.</summary>
    public SourceWriter Open(string head) => Line(head).Line("{").Indent();

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

    /// <summary>Returns the text, and starts again with none.</summary>
    public string Take()
    {
        string text = _text.ToString();
        _text.Length = _lineStart = 0;
        return text;
    }

    private void Append(string text)
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _text.Length > _lineStart ? 0 : 4 * _indentation).Append(text);
        }
    }

    private SourceWriter EndLine()
    {
        if (_text.Length - _lineStart > Columns)
        {
            string line = _text.ToString(_lineStart, _text.Length - _lineStart).TrimStart();
            _text.Length = _lineStart;
            if (TryBreak(line))
            {
                return this;
            }

            Append(line);
        }

        _text.Append('\n');
        _lineStart = _text.Length;
        return this;
    }

    [InterpolatedStringHandler]
    public readonly ref struct Parts
    {
        private readonly SourceWriter _writer;

        /// <summary>Called by the compiler.</summary>
        public Parts(int literalLength, int holes, SourceWriter writer)
        {
            _ = literalLength + holes;
            _writer = writer;
        }

        public void AppendLiteral(string text) => _writer.Append(text);

        public void AppendFormatted(string text) => _writer.Append(text);

        public void AppendFormatted(int number) => _writer.Append(CSharp.Of(number));
    }
}
