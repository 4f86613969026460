using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Layers.PatchGen.Guides.Tests.Mapping;

/// <summary>The endpoint of the guide: what is absent stays, and the response is mapped.</summary>
public sealed class CustomersTests
{
    [Fact]
    public void The_patch_is_applied_and_the_response_is_mapped()
    {
        var customers = new Dictionary<int, Customer> { [1] = new() { Id = 1, Name = "Ada", Email = "a@b.c", PasswordHash = "secret" } };
        var body = new PatchBody<CustomerPatch>(new CustomerPatch { Email = null });
        var result = Assert.IsType<Ok<CustomerResponse>>(CustomerEndpoints.Patch(1, body, customers));
        Assert.Equal(new CustomerResponse(1, "Ada", null), result.Value);
        Assert.Equal("secret", customers[1].PasswordHash);
        Assert.IsType<NotFound>(CustomerEndpoints.Patch(2, body, customers));
    }
}
