using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Which document a request addresses: by its tenant, its route and its selectors.</summary>
/// <typeparam name="TDocument">The type of the document.</typeparam>
public sealed class DocumentRequest<TDocument>
{
    private readonly DocumentContract _contract;

    internal DocumentRequest(DocumentContract contract, DocumentSelection selection) => (_contract, Selection) = (contract, selection);

    /// <summary>The endpoint, with its route parameters and selectors.</summary>
    public PatchEndpoint Endpoint => _contract.Endpoint;

    /// <summary>The caller's tenant (<see cref="PatchGenOptions.TenantClaim"/>); empty for a caller without one.</summary>
    public string Tenant => Selection.Tenant;

    /// <summary>The serializer contract of the document.</summary>
    public JsonTypeInfo<TDocument> Json => (JsonTypeInfo<TDocument>)_contract.Document;

    /// <summary>The same request to a store.</summary>
    internal DocumentSelection Selection { get; }

    /// <summary>
    /// The value that a property of the document must equal, in its type: a <see cref="string"/>, <see cref="Guid"/>, <see cref="int"/> or
    /// <see cref="long"/>. Null if any value will do, since a selector was not sent. All values that are not null must be met.
    /// </summary>
    /// <param name="property">The property's name in C#, as in <c>request[nameof(Order.OrderId)]</c>.</param>
    /// <exception cref="ArgumentException">The endpoint matches no such property.</exception>
    public object? this[string property]
    {
        get
        {
            bool isKnown = false;
            foreach (MatchedMember matched in _contract.RouteParameters.Concat(_contract.Selectors))
            {
                if (matched.Member.Property == property)
                {
                    isKnown = true;
                    if (Find(matched) is { } value)
                    {
                        return value;
                    }
                }
            }

            return isKnown ? null : throw new ArgumentException(
                $"The endpoint {Endpoint.Pattern} matches no property \"{property}\".", nameof(property));
        }
    }

    private object? Find(MatchedMember matched)
    {
        EndpointMember member = matched.Member;
        if (member.IsKey)
        {
            return Selection.Id is null ? null : member.Kind switch
            {
                EndpointMemberKind.Guid => Guid.ParseExact(Selection.Id, "D"),
                EndpointMemberKind.Int32 => int.Parse(Selection.Id, CultureInfo.InvariantCulture),
                EndpointMemberKind.Int64 => long.Parse(Selection.Id, CultureInfo.InvariantCulture),
                _ => Selection.Id,
            };
        }

        foreach (MemberValue value in Selection.Equal)
        {
            if (value.Member == matched.DocumentMember)
            {
                return member.Kind switch
                {
                    EndpointMemberKind.Guid => Guid.ParseExact(value.Text!, "D"),
                    EndpointMemberKind.Int32 => (int)value.Number,
                    EndpointMemberKind.Int64 => value.Number,
                    _ => value.Text,
                };
            }
        }

        return null;
    }
}
