using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>RFC 6902 appendix A, and what else its text decides, on a member of any JSON.</summary>
public class JsonPatchVectorTests
{
    [Theory]
    [InlineData("A.1", """{"a":"b"}""", """[{"op":"add","path":"/c","value":"d"}]""", """{"a":"b","c":"d"}""")]
    [InlineData("A.2", """{"a":["x","z"]}""", """[{"op":"add","path":"/a/1","value":"y"}]""", """{"a":["x","y","z"]}""")]
    [InlineData("A.3", """{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("A.4", """{"a":["x","y","z"]}""", """[{"op":"remove","path":"/a/1"}]""", """{"a":["x","z"]}""")]
    [InlineData("A.5", """{"a":1,"b":2}""", """[{"op":"replace","path":"/a","value":"n"}]""", """{"a":"n","b":2}""")]
    [InlineData(
        "A.6", """{"a":{"x":1,"y":2},"b":{"z":3}}""",
        """[{"op":"move","from":"/a/y","path":"/b/w"}]""", """{"a":{"x":1},"b":{"z":3,"w":2}}""")]
    [InlineData("A.7", """{"a":["w","x","y","z"]}""", """[{"op":"move","from":"/a/1","path":"/a/3"}]""", """{"a":["w","y","z","x"]}""")]
    [InlineData(
        "A.8", """{"a":"b","c":["x",2,"z"]}""",
        """[{"op":"test","path":"/a","value":"b"},{"op":"test","path":"/c/1","value":2}]""", """{"a":"b","c":["x",2,"z"]}""")]
    [InlineData("A.10", """{"a":1}""", """[{"op":"add","path":"/b","value":{"c":{}}}]""", """{"a":1,"b":{"c":{}}}""")]
    [InlineData("A.11", """{"a":1}""", """[{"op":"add","path":"/b","value":2,"other":[3]}]""", """{"a":1,"b":2}""")]
    [InlineData("A.14", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10}]""", """{"/":9,"~1":10}""")]
    [InlineData("A.16", """{"a":["x"]}""", """[{"op":"add","path":"/a/-","value":["y","z"]}]""", """{"a":["x",["y","z"]]}""")]
    [InlineData("4.1: an existing member is replaced", """{"a":null}""", """[{"op":"add","path":"/a","value":1}]""", """{"a":1}""")]
    [InlineData("4.1: at the end", """[1,2]""", """[{"op":"add","path":"/2","value":3}]""", """[1,2,3]""")]
    [InlineData("4.1: deep", """[1,[2,[3]]]""", """[{"op":"add","path":"/1/1/-","value":{"a":4}}]""", """[1,[2,[3,{"a":4}]]]""")]
    [InlineData("4.1: an array is one item", """[1,3]""", """[{"op":"add","path":"/1","value":[2]}]""", """[1,[2],3]""")]
    [InlineData("4: digits are a name in an object", """{"a":1}""", """[{"op":"add","path":"/0","value":2}]""", """{"a":1,"0":2}""")]
    [InlineData("an empty name", """{"a":{}}""", """[{"op":"add","path":"/a/","value":1}]""", """{"a":{"":1}}""")]
    [InlineData("case matters", """{"a":1}""", """[{"op":"add","path":"/A","value":2}]""", """{"a":1,"A":2}""")]
    [InlineData("null is a value", """{"a":null}""", """[{"op":"move","from":"/a","path":"/b"}]""", """{"b":null}""")]
    [InlineData("null is copied", """{"a":null}""", """[{"op":"copy","from":"/a","path":"/b"}]""", """{"a":null,"b":null}""")]
    [InlineData("null is removed", """{"a":null}""", """[{"op":"remove","path":"/a"}]""", """{}""")]
    [InlineData("null replaces", """{"a":[""]}""", """[{"op":"replace","path":"/a/0","value":null}]""", """{"a":[null]}""")]
    [InlineData("4.4: moved to where it is", """{"a":1}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1}""")]
    [InlineData("4.4: into an array", """{"a":[{"b":1}]}""", """[{"op":"move","from":"/a/0/b","path":"/a/1"}]""", """{"a":[{},1]}""")]
    [InlineData(
        "4.5: a copy is a value of its own", """{"a":{"b":[{"c":1}]}}""",
        """[{"op":"copy","from":"/a","path":"/d"},{"op":"replace","path":"/d/b/0/c","value":2}]""",
        """{"a":{"b":[{"c":1}]},"d":{"b":[{"c":2}]}}""")]
    [InlineData(
        "4.5: and so is its source", """{"a":{"b":[{"c":1}]}}""",
        """[{"op":"copy","from":"/a","path":"/d"},{"op":"replace","path":"/a/b/0/c","value":2}]""",
        """{"a":{"b":[{"c":2}]},"d":{"b":[{"c":1}]}}""")]
    [InlineData("4.6: members in any order", """{"a":{"b":1,"c":[2]}}""", """[{"op":"test","path":"/a","value":{"c":[2],"b":1}}]""",
        """{"a":{"b":1,"c":[2]}}""")]
    [InlineData(
        "4.6: numbers by value", """[1,100,0.001,-0,1e400]""",
        """[{"op":"test","path":"","value":[1.0,1e2,1E-3,0.0e7,10e399]}]""", """[1,100,0.001,-0,1e400]""")]
    [InlineData("4.6: strings by characters", """{"a":"Aé"}""", """[{"op":"test","path":"/a","value":"\u0041\u00e9"}]""", """{"a":"Aé"}""")]
    [InlineData(
        "6901 section 5", """{"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}""",
        """
        [{"op":"test","path":"/a~1b","value":1},{"op":"test","path":"/c%d","value":2},{"op":"test","path":"/e^f","value":3},
         {"op":"test","path":"/g|h","value":4},{"op":"test","path":"/i\\j","value":5},{"op":"test","path":"/k\"l","value":6},
         {"op":"test","path":"/ ","value":7},{"op":"test","path":"/m~0n","value":8}]
        """,
        """{"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}""")]
    [InlineData("one after the other", """[1,2,3,4]""", """[{"op":"remove","path":"/1"},{"op":"remove","path":"/2"}]""", """[1,3]""")]
    [InlineData("the whole value", """{"a":1}""", """[{"op":"replace","path":"","value":[2]}]""", """[2]""")]
    [InlineData("numbers stay as they are", """{}""", """[{"op":"add","path":"/a","value":1.0000000000000000000001e5}]""",
        """{"a":1.0000000000000000000001e5}""")]
    [InlineData("nothing", """{"a":1}""", """[]""", """{"a":1}""")]
    public void An_operation_has_its_effect(string why, string document, string patch, string expected)
    {
        (string? view, PatchError? error) = Apply(document, patch);
        Assert.True(error is null, $"{why}: {error?.Status} {(error is null ? "" : Translated.Describe(error))}");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"doc":{{expected}}}"""), JsonNode.Parse(view!)), $"{why}: {view}");
    }

    [Theory]
    [InlineData("A.9", """{"a":"b"}""", """[{"op":"test","path":"/a","value":"c"}]""", "409 /0/path test_failed")]
    [InlineData("A.12", """{"a":1}""", """[{"op":"add","path":"/b/c","value":2}]""", "409 /0/path missing_target")]
    [InlineData("A.13", """{"a":1}""", """[{"op":"add","path":"/b","value":2,"op":"remove"}]""", "422 /0/op duplicate_member")]
    [InlineData("A.15", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":"10"}]""", "409 /0/path test_failed")]
    [InlineData("beyond the end", """{"a":[1,2]}""", """[{"op":"add","path":"/a/3","value":3}]""", "409 /0/path missing_target")]
    [InlineData("a negative index", """{"a":[1,2]}""", """[{"op":"add","path":"/a/-1","value":3}]""", "409 /0/path missing_target")]
    [InlineData("a leading zero", """{"a":[1,2]}""", """[{"op":"test","path":"/a/00","value":1}]""", "409 /0/path missing_target")]
    [InlineData("an exponent", """{"a":[1,2]}""", """[{"op":"remove","path":"/a/1e0"}]""", "409 /0/path missing_target")]
    [InlineData("other digits", """{"a":[1,2]}""", """[{"op":"remove","path":"/a/١"}]""", "409 /0/path missing_target")]
    [InlineData("a name in an array", """{"a":[1]}""", """[{"op":"add","path":"/a/b","value":2}]""", "409 /0/path missing_target")]
    [InlineData("no last item", """{"a":[1]}""", """[{"op":"remove","path":"/a/-"}]""", "409 /0/path missing_target")]
    [InlineData("nothing to replace", """{"a":1}""", """[{"op":"replace","path":"/b","value":2}]""", "409 /0/path missing_target")]
    [InlineData("nothing to remove", """{"a":1}""", """[{"op":"remove","path":"/b"}]""", "409 /0/path missing_target")]
    [InlineData("nothing to test", """{"a":1}""", """[{"op":"test","path":"/b","value":null}]""", "409 /0/path missing_target")]
    [InlineData("nothing to move", """{"a":1}""", """[{"op":"move","from":"/b","path":"/a"}]""", "409 /0/from missing_target")]
    [InlineData("nothing to copy", """{"a":1}""", """[{"op":"copy","from":"/b","path":"/a"}]""", "409 /0/from missing_target")]
    [InlineData("the second fails", """{"a":1}""",
        """[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]""", "409 /1/path missing_target")]
    [InlineData("4.4: into itself", """{"a":{"b":1}}""", """[{"op":"move","from":"/a","path":"/a/b"}]""", "422 /0/from bad_format")]
    [InlineData("no op", """{}""", """[{"path":"/a","value":1}]""", "422 /0 missing_member")]
    [InlineData("no such op", """{}""", """[{"op":"spam","path":"/a","value":1}]""", "422 /0/op not_allowed_value")]
    [InlineData("op is case-sensitive", """{}""", """[{"op":"Add","path":"/a","value":1}]""", "422 /0/op not_allowed_value")]
    [InlineData("op is no string", """{}""", """[{"op":1,"path":"/a","value":1}]""", "422 /0/op wrong_type")]
    [InlineData("no value", """{}""", """[{"op":"add","path":"/a"}]""", "422 /0 missing_member")]
    [InlineData("no value to test", """[false]""", """[{"op":"test","path":"/0"}]""", "422 /0 missing_member")]
    [InlineData("no from", """{}""", """[{"op":"copy","path":"/a"}]""", "422 /0 missing_member")]
    [InlineData("from is no string", """{}""", """[{"op":"move","path":"/a","from":null}]""", "422 /0/from wrong_type")]
    [InlineData("no slash", """{}""", """[{"op":"add","path":"a","value":1}]""", null)]
    [InlineData("~2", """{"~2":1}""", """[{"op":"remove","path":"/~2"}]""", "422 /0/path bad_format")]
    [InlineData("~ at the end", """{"~":1}""", """[{"op":"remove","path":"/~"}]""", "422 /0/path bad_format")]
    public void An_error_names_the_operation(string why, string document, string patch, string? expected)
    {
        (string? view, PatchError? error) = Apply(document, patch);
        Assert.Null(view);
        string found = string.Concat(error!.Problems.Select(static problem => $" {problem.Pointer} {problem.Code}"));
        Assert.True(expected is null || expected == error.Status + found, $"{why}: {error.Status}{found}");
    }

    [Theory]
    [InlineData("""{"op":"add","path":"/doc","value":1}""", "422  wrong_type")]
    [InlineData("""[[]]""", "422 /0 wrong_type")]
    [InlineData("""[{"op":"add","value":1}]""", "422 /0 missing_member")]
    [InlineData("""[{"op":"add","path":null,"value":1}]""", "422 /0/path wrong_type")]
    [InlineData("""[{"op":"add","path":"doc","value":1}]""", "422 /0/path bad_format")]
    [InlineData("""[{"op":"replace","path":"","value":{}}]""", "422 /0/path bad_format")]
    [InlineData("""[{"op":"add","path":"/doc","value":{"a":1,"a":2}}]""", "422 /0/value/a duplicate_member")]
    [InlineData("""[{"op":"add","path":"/doc\ud800","value":1}]""", "400  malformed")]
    [InlineData("""[{"op":"add","path":"/doc","value":"\udc00"}]""", "400  malformed")]
    [InlineData("""[{"op":"add","path":"/doc","value":1}""", "400  malformed")]
    [InlineData("", "400  malformed")]
    public void A_body_that_is_no_JSON_Patch_is_rejected(string body, string expected)
    {
        (_, PatchError? error) = Translated.JsonPatch<AnyPatch, Any>("""{"doc":1}""", body, FormatsJson.Stored.Any);
        Assert.Equal(expected, error!.Status + string.Concat(error.Problems.Select(static one => $" {one.Pointer} {one.Code}")));
    }

    // The paths are put below the one member of the document.
    private static (string? View, PatchError? Error) Apply(string document, string patch) =>
        Translated.JsonPatch<AnyPatch, Any>($$"""{"doc":{{document}}}""", Below(patch), FormatsJson.Stored.Any);

    private static string Below(string patch) => patch
        .Replace("\"path\":\"", "\"path\":\"/doc", StringComparison.Ordinal)
        .Replace("\"from\":\"", "\"from\":\"/doc", StringComparison.Ordinal);
}
