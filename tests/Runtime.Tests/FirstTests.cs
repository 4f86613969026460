using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class FirstTests
{
    [Fact]
    public void Reads()
    {
        var p = Read.Ok<InfluencerPatch>("""{"name":"Ava","vibe":"calm and a bit longer than 32 bytes, surely","gender":null,"personality":{"traits":["a","b","\u00e9"],"x":{"y":[1,2]},"z":null}}""");
        Assert.Equal("calm and a bit longer than 32 bytes, surely", p.Vibe);
        Assert.Equal(["a", "b", "é"], p.Personality!.Traits!);
        Assert.Equal("Invalid /nane unknown_member, /gender not_allowed_value", Read.Refusal<InfluencerPatch>("""{"nane":"Ava", "gender":"x" }"""));
        Assert.Equal("Fenced /firstComment/strategy fenced, /replies/tone fenced", Read.Refusal<EngagementPatch>("""{"nane":"Ava", "firstComment":{"strategy":3},"replies":{"tone":null} }"""));
        Assert.Equal("Invalid /personality/x/1/a duplicate_member", Read.Refusal<InfluencerPatch>("""{"personality":{"x":[1,{"a":1,"a":2}]}}"""));
    }
}
