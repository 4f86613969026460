using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>Text with indentation. Lines end in a line feed on every system, so that output is the same everywhere.</summary>
internal sealed class SourceWriter
{
    // Copied as text is: a compiler that has just started runs loops of ours slowly. What is nested deeper than this moves no further in.
    private static readonly string Spaces = new(' ', 256);

    // What the larger file of an ordinary patch takes.
    private char[] _text = new char[16 * 1024];
    private int _length;
    private int _indentation;
    private bool _isLineBegun;

    /// <summary>Writes lines at the present indentation; a raw string keeps its own beyond that.</summary>
    public SourceWriter Lines(string text)
    {
        Append(text);
        return End();
    }

    /// <inheritdoc cref="Lines(string)"/>
    /// <remarks>The text goes where it belongs piece by piece, as it is evaluated: what stands in its holes must not write itself.</remarks>
    public SourceWriter Lines([InterpolatedStringHandlerArgument("")] Interpolation text)
    {
        _ = text;
        return End();
    }

    public SourceWriter Line() => End();

    /// <summary>Opens a block; each block is closed by <see cref="Close"/>.</summary>
    public SourceWriter Open()
    {
        Lines("{");
        _indentation++;
        return this;
    }

    /// <inheritdoc cref="Open()"/>
    public SourceWriter Open(string head) => Lines(head).Open();

    /// <inheritdoc cref="Open()"/>
    public SourceWriter Open([InterpolatedStringHandlerArgument("")] Interpolation head) => Lines(head).Open();

    public SourceWriter Close(string tail = "")
    {
        _indentation--;
        Append("}");
        return Lines(tail);
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

    /// <summary>Gives what was written, and begins anew.</summary>
    public string Take()
    {
        string text = new(_text, 0, _length);
        _length = 0;
        return text;
    }

    private void Append(string text)
    {
        int start = 0, end;
        while ((end = text.IndexOf('\n', start)) >= 0)
        {
            AppendToLine(text, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
            End();
            start = end + 1;
        }

        AppendToLine(text, start, text.Length);
    }

    // An empty line has no indentation.
    private void AppendToLine(string text, int start, int end)
    {
        if (end == start)
        {
            return;
        }

        int indentation = _isLineBegun ? 0 : Math.Min(4 * _indentation, Spaces.Length);
        Reserve(indentation + end - start);
        Spaces.CopyTo(0, _text, _length, indentation);
        text.CopyTo(start, _text, _length + indentation, end - start);
        _length += indentation + end - start;
        _isLineBegun = true;
    }

    private SourceWriter End()
    {
        Reserve(1);
        _text[_length++] = '\n';
        _isLineBegun = false;
        return this;
    }

    private void Reserve(int more)
    {
        if (_text.Length - _length < more)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + more));
        }
    }

    /// <summary>An interpolated string that is written as it is evaluated, so that no string is made of it.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly SourceWriter _writer;

        /// <summary>Called by the compiler, which also tells how long the text will be.</summary>
        public Interpolation(int literalLength, int holes, SourceWriter writer)
        {
            _ = literalLength + holes;
            _writer = writer;
        }

        public void AppendLiteral(string text) => _writer.Append(text);

        public void AppendFormatted(string? text) => _writer.Append(text ?? "");

        public void AppendFormatted(TypeSpec type) => _writer.Append(type.ToString());

        public void AppendFormatted(int number) => _writer.Append(CSharpLiteral.Of(number));
    }
}
