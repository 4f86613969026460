using System.Text;
using System.Text.Json;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary><see cref="ChangedMembers"/>: JSON before and after, with hidden members at every depth.</summary>
public sealed class ChangedMembersTests
{
    private static readonly DocumentView View = new(CamelJson.Default.Vault);

    [Theory]
    [InlineData("{}", "{}", "")]
    [InlineData("""{"title":"a"}""", """{"title":"a"}""", "")]
    [InlineData("""{"title":"a"}""", """{"title":"b"}""", """/title "a" "b" """)]
    [InlineData("""{"title":"a"}""", """{"title":null}""", """/title "a" null""")]
    [InlineData("""{"title":"a"}""", "{}", """/title "a" -""")]
    [InlineData("{}", """{"title":"a"}""", """/title - "a" """)]
    [InlineData("""{"x":1.0}""", """{"x":1}""", "")] // equal numbers
    [InlineData("""{"secret_Token":"TOP1"}""", """{"secret_Token":"TOP2"}""", "/secret_Token hidden")]
    [InlineData("""{"secret_Token":"TOP1"}""", "{}", "/secret_Token hidden")]
    [InlineData("{}", """{"secret_Token":null}""", "/secret_Token hidden")]
    [InlineData("""{"whole":{"label":"TOP"}}""", """{"whole":{"label":"TOP2"}}""", "/whole hidden")]
    [InlineData("""{"inner":{"label":"a","pin__Code":"TOP"}}""", """{"inner":{"label":"b","pin__Code":"TOP2"}}""",
        """/inner/label "a" "b"|/inner/pin__Code hidden""")]
    [InlineData("""{"items":[{"pin__Code":"TOP"}]}""", """{"items":[{"pin__Code":"TOP2"}]}""", "/items hidden")]
    [InlineData("""{"items":[{"label":"a","pin__Code":"TOP"}]}""", """{"items":[{"label":"b","pin__Code":"TOP2"}]}""",
        """/items [{"label":"a"}] [{"label":"b"}]""")]
    [InlineData("""{"byName":{"a/b":{"label":"a"},"~":{}}}""", """{"byName":{"a/b":{"label":"b"}}}""",
        """/byName/a~1b/label "a" "b"|/byName/~0 {} -""")]
    [InlineData("""{"inner":{}}""", """{"inner":null}""", "/inner {} null")]
    public void Members_are_compared_and_hidden_values_are_left_out(string before, string after, string expected)
    {
        var changes = new ChangedMembers(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after), View);
        Assert.Equal(expected.Trim(), string.Join('|', changes.Select(Text)));
        Assert.DoesNotContain("TOP", string.Concat(changes), StringComparison.Ordinal);
        ChangedMember[] whole = [.. changes.WithHiddenValues()];
        Assert.DoesNotContain(whole, static change => change.IsHidden);
        Assert.Equal(expected.Length == 0, whole.Length == 0);

        static string Text(ChangedMember change) =>
            change.IsHidden ? $"{change.Pointer} hidden" : $"{change.Pointer} {Json(change.Before)} {Json(change.After)}";

        static string Json(JsonElement? value) => value?.GetRawText() ?? "-";
    }

    [Fact]
    public void Hidden_values_are_there_on_request()
    {
        var changes = new ChangedMembers("""{"secret_Token":"TOP1"}"""u8.ToArray(), """{"secret_Token":"TOP2"}"""u8.ToArray(), View);
        ChangedMember change = Assert.Single(changes.WithHiddenValues());
        Assert.Equal(("/secret_Token", "TOP1", "TOP2"), (change.Pointer, change.Before?.GetString(), change.After?.GetString()));
        Assert.Empty(ChangedMembers.None);
    }

    [Fact]
    public void Nothing_is_compared_before_it_is_enumerated()
    {
        var changes = new ChangedMembers("no JSON"u8.ToArray(), "no JSON"u8.ToArray(), View);
        Assert.ThrowsAny<JsonException>(() => changes.GetEnumerator().MoveNext());
    }
}
