using System.Text.Json;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Mvc;

namespace Layers.PatchGen.AspNetCore.Tests.Lists;

/// <summary>One document, in memory.</summary>
public sealed class OneCart : IDocumentSource<Cart>
{
    public Cart Cart { get; set; } = new();

    public string Patch(PatchBody<CartPatch> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Cart = body.For(Cart, CartJson.Default.Cart).ApplyTo(Cart, out _);
        return JsonSerializer.Serialize(Cart, CartJson.Default.Cart);
    }

    public ValueTask<SourceResult<Cart>> FindAsync(DocumentRequest<Cart> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<SourceResult<Cart>>(new(SourceStatus.Found, new(Cart, null)));

    public async ValueTask<SourceResult<Cart>> PatchAsync(
        DocumentRequest<Cart> request, DocumentChange<Cart> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        SourceResult<Cart> result = await change.ApplyAsync(new(Cart, null));
        Cart = result.Status == SourceStatus.Changed ? result.Document.Value : Cart;
        return result;
    }
}

[ApiExplorerSettings(IgnoreApi = true)]
[Route("mvc")]
public sealed class CartController(OneCart own) : Controller
{
    [HttpPatch("cart")]
    public IActionResult Patch(PatchBody<CartPatch> body) => Content(own.Patch(body));
}
