using System.Text;

namespace Layers.PatchGen.Generator.Emitter;

/// <summary>Text with indentation. Lines end in a line feed on every system, so that output is the same everywhere.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new(4096);
    private int _indentation;

    /// <summary>Writes lines at the present indentation; a raw string keeps its own beyond that.</summary>
    public SourceWriter Lines(string text)
    {
        int start = 0;
        while (start <= text.Length)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            int length = end > start && text[end - 1] == '\r' ? end - start - 1 : end - start;
            if (length > 0)
            {
                _text.Append(' ', 4 * _indentation).Append(text, start, length);
            }

            _text.Append('\n');
            start = end + 1;
        }

        return this;
    }

    public SourceWriter Line() => Lines("");

    /// <summary>Opens a block; each block is closed by <see cref="Close"/>.</summary>
    public SourceWriter Open(string? head = null)
    {
        if (head is not null)
        {
            Lines(head);
        }

        Lines("{");
        _indentation++;
        return this;
    }

    public SourceWriter Close(string tail = "")
    {
        _indentation--;
        return Lines("}" + tail);
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

    public override string ToString() => _text.ToString();
}
