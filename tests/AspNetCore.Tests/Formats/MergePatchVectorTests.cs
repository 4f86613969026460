using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>RFC 7396 appendix A, and what else its text decides, on a member of any JSON.</summary>
public class MergePatchVectorTests
{
    [Theory]
    [InlineData("A, row 1", """{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("A, row 2", """{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("A, row 3", """{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("A, row 4", """{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("A, row 5", """{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("A, row 6", """{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("A, row 7", """{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("A, row 8", """{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("A, row 9", """["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("A, row 10", """{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("A, row 12", """{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("A, row 13", """{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("A, row 14", """[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("A, row 15", """{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("a null in an array is a value", """{"a":[{"b":"c"}]}""", """{"a":[null,1]}""", """{"a":[null,1]}""")]
    [InlineData("so are several", """{"a":[]}""", """{"a":["b",null,null,"a"]}""", """{"a":["b",null,null,"a"]}""")]
    [InlineData("an array is replaced, also by an empty one", """{"a":["x","y"]}""", """{"a":[]}""", """{"a":[]}""")]
    [InlineData("objects in arrays are not merged", """{"a":[{"b":1,"c":2}]}""", """{"a":[{"b":3}]}""", """{"a":[{"b":3}]}""")]
    [InlineData("nulls in them are kept", """{"a":1}""", """{"a":[{"b":null}]}""", """{"a":[{"b":null}]}""")]
    [InlineData("an object over null", """{"a":null}""", """{"a":{"b":"c"}}""", """{"a":{"b":"c"}}""")]
    [InlineData("an object over a value", """{"a":1}""", """{"a":{"b":{"c":null},"d":2}}""", """{"a":{"b":{},"d":2}}""")]
    [InlineData("an empty object over a value", """{"a":1}""", """{"a":{}}""", """{"a":{}}""")]
    [InlineData("an empty object over an object", """{"a":{"b":1}}""", """{"a":{}}""", """{"a":{"b":1}}""")]
    [InlineData("other members stay", """{"p":{"t":"a","n":18}}""", """{"p":{"t":"b"}}""", """{"p":{"t":"b","n":18}}""")]
    [InlineData("a null for what is not there", """{"a":1}""", """{"b":null}""", """{"a":1}""")]
    [InlineData("an empty name", """{"":1}""", """{"":null,"a":2}""", """{"a":2}""")]
    [InlineData("names are no pointers", """{"a":{"b":1}}""", """{"a/b":2,"~1":3}""", """{"a":{"b":1},"a/b":2,"~1":3}""")]
    [InlineData("numbers stay as they are", """{}""", """{"a":1.0000000000000000000001e5}""", """{"a":1.0000000000000000000001e5}""")]
    public void A_merge_patch_has_its_effect(string why, string document, string patch, string expected)
    {
        (string? view, PatchError? error) = Apply(document, patch);
        Assert.True(error is null, $"{why}: {error?.Status} {(error is null ? "" : Translated.Describe(error))}");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"doc":{{expected}}}"""), JsonNode.Parse(view!)), $"{why}: {view}");
    }

    // Row 11 of appendix A replaces the document by null; for a member, null removes its value.
    [Fact]
    public void A_null_clears_the_member()
    {
        (string? view, _) = Apply("""{"a":"foo"}""", "null");
        Assert.Null(JsonNode.Parse(view!)!["doc"]);
    }

    [Theory]
    [InlineData("""["c"]""", "422")]
    [InlineData("\"bar\"", "422")]
    [InlineData("null", "422")]
    [InlineData("""{"doc":""", "400")]
    [InlineData("""{"doc":1,"doc":2}""", "422")]
    [InlineData("""{"doc":{"a":1,"a":2}}""", "422")]
    public void A_body_that_is_no_object_or_ambiguous_is_rejected(string body, string status)
    {
        (_, PatchError? error) = Translated.MergePatch<AnyPatch, Any>("""{"doc":1}""", body, FormatsJson.Stored.Any);
        Assert.Equal(status, $"{error!.Status}");
    }

    private static (string? View, PatchError? Error) Apply(string document, string patch) =>
        Translated.MergePatch<AnyPatch, Any>($$"""{"doc":{{document}}}""", $$"""{"doc":{{patch}}}""", FormatsJson.Stored.Any);
}
