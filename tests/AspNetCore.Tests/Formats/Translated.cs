using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>Applies bodies to documents, without HTTP.</summary>
internal static class Translated
{
    /// <summary>Applies a JSON Patch.</summary>
    /// <returns>The document after, as responses show it; or the error.</returns>
    public static (string? View, PatchError? Error) JsonPatch<TPatch, TDocument>(
        string document, string body, JsonTypeInfo<TDocument> json, PatchReadOptions? options = null, int maxBytes = 1 << 20)
        where TPatch : IPatch<TPatch, TDocument> =>
        Apply(document, Formats<TPatch, TDocument>.Of(json)
            .ReadJsonPatch(Sequence(body), options ?? PatchReadOptions.Default, maxBytes), json);

    /// <summary>Applies a JSON Merge Patch.</summary>
    /// <returns>The document after, as responses show it; or the error.</returns>
    public static (string? View, PatchError? Error) MergePatch<TPatch, TDocument>(
        string document, string body, JsonTypeInfo<TDocument> json, PatchReadOptions? options = null)
        where TPatch : IPatch<TPatch, TDocument> =>
        Apply(document, Formats<TPatch, TDocument>.Of(json).ReadMergePatch(Sequence(body), options ?? PatchReadOptions.Default), json);

    /// <summary>What responses show of a document.</summary>
    public static ReadOnlyMemory<byte> View(ReadOnlyMemory<byte> document, JsonTypeInfo json) => new DocumentView(json).Apply(document);

    /// <summary>The pointers and codes of an error.</summary>
    public static string Describe(PatchError error) => $"{error.Status}"
        + string.Concat(error.Problems.Select(static problem =>
            $" {problem.Pointer} {problem.Code}"
            + (problem.Arguments.TryGetValue("path", out string? path) ? $" ({path})" : "")));

    private static (string? View, PatchError? Error) Apply<TPatch, TDocument>(
        string document, BodyResult<TPatch> body, JsonTypeInfo<TDocument> json)
        where TPatch : IPatch<TPatch, TDocument>
    {
        byte[] before = Encoding.UTF8.GetBytes(document);
        if (body.Pending is { } pending)
        {
            body = pending.For(View(before, json));
        }

        if (!body.IsPatch(out TPatch? patch))
        {
            return (null, body.Error);
        }

        TDocument after = patch.ApplyTo(JsonSerializer.Deserialize(before, json)!, out _);
        return (Encoding.UTF8.GetString(View(JsonSerializer.SerializeToUtf8Bytes(after, json), json).Span), null);
    }

    private static ReadOnlySequence<byte> Sequence(string body) => new(Encoding.UTF8.GetBytes(body));

    private static class Formats<TPatch, TDocument>
        where TPatch : IPatch<TPatch>
    {
        private static BodyFormats<TPatch>? _formats;

        public static BodyFormats<TPatch> Of(JsonTypeInfo<TDocument> json) => _formats ??= new(json);
    }
}
