using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Determines which document a request addresses: by its route and its selectors.</summary>
internal static class Selection
{
    /// <summary>The error for a query whose selectors are invalid, without its problems.</summary>
    public static PatchError InvalidQuery =>
        PatchError.ForStatus(StatusCodes.Status422UnprocessableEntity) with { Message = "Invalid query." };

    /// <summary>
    /// Creates the request; null where no document can match, because a value does not have the type of its member or two values differ.
    /// </summary>
    public static DocumentRequest<TDocument>? Create<TDocument>(
        DocumentContract contract, string tenant, RouteValueDictionary route, SelectorValues selectors)
    {
        string? id = null;
        List<MemberValue>? equal = null;
        foreach (MatchedMember parameter in contract.RouteParameters)
        {
            if (route[parameter.Member.Name] is not string text
                || !parameter.TryParse(text, out MemberValue value)
                || !Add(parameter.Member, value))
            {
                return null;
            }
        }

        foreach (MatchedMember selector in contract.Selectors)
        {
            if (selectors.TryGet(selector, out MemberValue value) && !Add(selector.Member, value))
            {
                return null;
            }
        }

        return new(contract, new DocumentSelection(tenant, contract.Endpoint.Collection, id, (IReadOnlyList<MemberValue>?)equal ?? []));

        bool Add(EndpointMember member, MemberValue value)
        {
            if (!member.IsKey)
            {
                equal ??= [];
                foreach (MemberValue other in equal)
                {
                    if (other.Member == value.Member)
                    {
                        return other == value;
                    }
                }

                equal.Add(value);
                return true;
            }

            string key = value.Text ?? value.Number.ToString(CultureInfo.InvariantCulture);
            bool agrees = id is null || id == key;
            id = key;
            return agrees;
        }
    }

    /// <summary>Reads the selectors of a GET from its query. Other parameters are ignored.</summary>
    /// <returns>The error (422), or null.</returns>
    public static PatchError? ReadQuery(DocumentContract contract, IQueryCollection query, SelectorValues selectors)
    {
        List<PatchProblem>? problems = null;
        foreach (MatchedMember selector in contract.Selectors)
        {
            var values = query[selector.Member.Name];
            if (values.Count > 1)
            {
                AddProblem(selector.Member, PatchProblemCodes.DuplicateMember, "Given more than once; give it once.");
            }
            else if (values.Count == 1 && !selectors.TryAdd(selector, values[0] ?? ""))
            {
                AddProblem(
                    selector.Member,
                    PatchProblemCodes.WrongType,
                    $"Must be {(selector.Member.Kind == EndpointMemberKind.Guid ? "a UUID" : "an integer")}.");
            }
        }

        return problems is null ? null : InvalidQuery with { Problems = problems };

        void AddProblem(EndpointMember selector, string code, string message) =>
            (problems ??= []).Add(new PatchProblem(Pointer.To(selector.Name), code, message));
    }

    /// <summary>
    /// The error for a request that matches several documents: 409, with the possible values of the selectors that it lacks, as far as
    /// responses show them.
    /// </summary>
    /// <param name="contract">The endpoint.</param>
    /// <param name="documents">The documents, as JSON.</param>
    /// <param name="sent">The selectors that the request has.</param>
    public static PatchError Ambiguous(DocumentContract contract, IReadOnlyList<ReadOnlyMemory<byte>> documents, SelectorValues sent)
    {
        MatchedMember[] missing = [.. contract.Selectors.Where(selector => !sent.TryGet(selector, out _))];
        MatchedMember[] shown = [.. missing.Where(static selector => selector.IsShown)];
        var values = Array.ConvertAll(shown, _ => new List<JsonElement>(documents.Count));
        foreach (ReadOnlyMemory<byte> document in documents)
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = DocumentJson.MaxDepth });
            for (int i = 0; i < shown.Length; i++)
            {
                if (json.RootElement.TryGetProperty(shown[i].JsonName!, out JsonElement value))
                {
                    values[i].Add(value.Clone());
                }
            }
        }

        string choose = missing.Length == 0 ? "" : $" Select one by {string.Join(", ", missing.Select(selector => selector.Member.Name))}.";
        return new(StatusCodes.Status409Conflict, PatchErrorCodes.Conflict, $"{contract.Endpoint.Resource}: more than one matches.{choose}")
        {
            Candidates = [.. shown.Zip(values, (selector, list) => new SelectorCandidates(selector.Member.Name, list))],
        };
    }
}
