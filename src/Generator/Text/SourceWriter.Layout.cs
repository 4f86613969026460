using System.Collections.Generic;

namespace Layers.PatchGen.Generator.Text;

/// <content>Layout: no line is longer than 140 columns, unless a single name or literal is.</content>
internal sealed partial class SourceWriter
{
    private const int Columns = 140;

    /// <summary>The text fits on the current line.</summary>
    public bool Fits(string text) => Fits(text.Length);

    private bool Fits(int length) => length <= Columns - (IsLineBegun ? _text.Length - _lineStart : 4 * _indentation);

    /// <summary>Code that ends a line. Where it does not fit, each of its items gets a line of its own.</summary>
    public SourceWriter Line(Code code, string tail) => Append(code, tail).Line();

    /// <summary>Opens a block behind code that is broken where it does not fit.</summary>
    public SourceWriter Open(Code head) => Line(head, "").Open();

    /// <summary>A member with a body of one expression: <c>head => expression;</c>.</summary>
    public SourceWriter Member(Code head, Code body)
    {
        string all = $"{head} => {body};";
        return Fits(all) ? Line(all) : Line(head, " =>").Indent().Line(body, ";").Unindent();
    }

    /// <summary>A statement behind a condition.</summary>
    public SourceWriter If(Code condition, string statement)
    {
        string all = $"if ({condition}) {statement}";
        return Fits(all) ? Line(all) : Append("if (").Line(condition, ")").Open().Line(statement).Close().Line();
    }

    /// <summary>One of two values: <c>head condition ? then : otherwise tail</c>.</summary>
    public SourceWriter Choice(string head, Code condition, Code then, Code otherwise, string tail)
    {
        string all = $"{head}{condition} ? {then} : {otherwise}{tail}";
        return Fits(all) ? Line(all)
            : Append(head).Line(condition, "").Indent().Append("? ").Line(then, "").Append(": ").Line(otherwise, tail).Unindent();
    }

    /// <summary>A case of a switch with one statement.</summary>
    public SourceWriter Case(string label, Code statement, string comment = "")
    {
        string all = $"case {label}: {statement}; break;{comment}";
        return Fits(all) ? Line(all) : Line($"case {label}:{comment}").Indent().Line(statement, ";").Line("break;").Unindent();
    }

    /// <summary>A field with an initializer.</summary>
    public SourceWriter Field(string modifiers, Code type, string name, Code value)
    {
        string all = $"{modifiers} {type} {name} = {value};";
        if (Fits(all))
        {
            return Line(all);
        }

        Append(modifiers + " ").Append(type, $" {name} =");
        bool fitsBelow = value.Text.Length < Columns - (4 * (_indentation + 1));
        return fitsBelow || !Fits(" " + value.Open) ? Line().Indent().Line(value, ";").Unindent() : Append(" ").Line(value, ";");
    }

    /// <summary>A list that is filled line by line: <c>head([a, b]tail</c>.</summary>
    public SourceWriter Filled(string head, IReadOnlyList<string> items, string tail)
    {
        string all = $"{head}([{string.Join(", ", items)}]{tail}";
        if (Fits(all))
        {
            return Line(all);
        }

        Line(head + "(").Line("[").Indent();
        for (int i = 0; i < items.Count; i++)
        {
            string item = items[i] + (i == items.Count - 1 ? "" : ",");
            if (IsLineBegun && !Fits(" " + item))
            {
                Line();
            }

            Append(IsLineBegun ? " " + item : item);
        }

        return Line().Unindent().Line("]" + tail);
    }

    private SourceWriter Append(Code code, string tail)
    {
        if (code.Items.Length == 0 || Fits(code.Text.Length + tail.Length))
        {
            return Append(code.Text).Append(tail);
        }

        Append(code.Open.TrimEnd());
        if (code.Items.Length == 1 && code.Items[0].Items.Length > 0)
        {
            return Append(code.Items[0], code.Close + tail);
        }

        Line().Indent();
        for (int i = 0; i < code.Items.Length - 1; i++)
        {
            Line(code.Items[i], ",");
        }

        return Append(code.Items[code.Items.Length - 1], code.Close + tail).Unindent();
    }
}
