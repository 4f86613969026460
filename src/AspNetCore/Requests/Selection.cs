using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Finds out which document a request means: by its route, and by the selectors that it named.</summary>
internal static class Selection
{
    /// <summary>The selection, or null where no document can fit: a value is not of its member's type, or two values contradict each other.</summary>
    public static DocumentSelection? Of(DocumentContract contract, string tenant, RouteValueDictionary route, SelectorValues selectors)
    {
        string? id = null;
        var equal = new List<MemberValue>();
        foreach ((EndpointMember member, string? name, _) in contract.RouteParameters)
        {
            if (route[member.Name] is not string text || !member.TryParse(text, name ?? member.Name, out MemberValue value) || !Place(member, value))
            {
                return null;
            }
        }

        foreach ((EndpointMember member, string? name, _) in contract.Selectors)
        {
            if (selectors.TryGet(member.Name, out MemberValue named) && !Place(member, Rename(named, name ?? member.Name)))
            {
                return null;
            }
        }

        return new DocumentSelection(tenant, contract.Endpoint.Collection, id, equal);

        bool Place(EndpointMember member, MemberValue value)
        {
            if (!member.IsKey)
            {
                equal.Add(value);
                return true;
            }

            string key = value.Text ?? value.Number.ToString(CultureInfo.InvariantCulture);
            bool agrees = id is null || id == key;
            id = key;
            return agrees;
        }
    }

    /// <summary>Reads the selectors of a GET from its query. Parameters that are no selectors are left alone, as on any GET.</summary>
    /// <returns>The refusal, or null.</returns>
    public static PatchError? ReadQuery(PatchEndpoint endpoint, IQueryCollection query, SelectorValues selectors)
    {
        List<PatchProblem>? problems = null;
        foreach (EndpointMember selector in endpoint.Selectors)
        {
            var values = query[selector.Name];
            if (values.Count > 1)
            {
                Refuse(selector, PatchProblemCodes.DuplicateMember, "Given more than once; give it once.");
            }
            else if (values.Count == 1 && !selectors.TryAdd(selector, values[0] ?? ""))
            {
                Refuse(selector, PatchProblemCodes.WrongType, $"Must be {(selector.Kind == EndpointMemberKind.Guid ? "a UUID" : "an integer")}.");
            }
        }

        return problems is null ? null : new(StatusCodes.Status422UnprocessableEntity, PatchErrorCodes.Validation, "Invalid query.") { Problems = problems };

        void Refuse(EndpointMember selector, string code, string message) =>
            (problems ??= []).Add(new PatchProblem("/" + selector.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), code, message));
    }

    /// <summary>
    /// The refusal of a request that fits several documents: 409, with the values among which its selectors would choose, as far as
    /// responses show them.
    /// </summary>
    public static PatchError Ambiguous(DocumentContract contract, IReadOnlyList<StoredDocument> documents, SelectorValues named)
    {
        MatchedMember[] open = [.. contract.Selectors.Where(selector => !named.TryGet(selector.Member.Name, out _))];
        MatchedMember[] shown = [.. open.Where(static selector => selector.IsShown)];
        var values = Array.ConvertAll(shown, _ => new List<JsonElement>(documents.Count));
        foreach (StoredDocument document in documents)
        {
            using var json = JsonDocument.Parse(document.Json, new JsonDocumentOptions { MaxDepth = DocumentJson.MaxDepth });
            for (int i = 0; i < shown.Length; i++)
            {
                if (json.RootElement.TryGetProperty(shown[i].JsonName!, out JsonElement value))
                {
                    values[i].Add(value.Clone());
                }
            }
        }

        string choose = open.Length == 0 ? "" : $" Name one by {string.Join(", ", open.Select(selector => selector.Member.Name))}.";
        return new(StatusCodes.Status409Conflict, PatchErrorCodes.Conflict, $"{contract.Endpoint.Resource}: more than one fits.{choose}")
        {
            Candidates = [.. shown.Zip(values, (selector, list) => new SelectorCandidates(selector.Member.Name, list))],
        };
    }

    private static MemberValue Rename(MemberValue value, string member) => value.Text is { } text ? new(member, text) : new(member, value.Number);
}
