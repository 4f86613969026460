using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Layers.PatchGen.AspNetCore.Tests;

[CollectionDefinition(Telemetry.Alone, DisableParallelization = true)]
public sealed class AloneWithTelemetry;

/// <summary>What the library counts.</summary>
[Collection(Telemetry.Alone)]
public sealed class TelemetryTests
{
    private const string Route = "http.route=/counters/{counterId}";

    [Fact]
    public async Task Patches_are_counted_by_endpoint_and_outcome()
    {
        using var telemetry = new Telemetry();
        await using MiniApp app = await MiniApp.StartAsync();
        await app.AddAsync(1);
        await app.SendAsync("PATCH", "/counters/1", """{"value":7,"note":"n"}""");
        await app.SendAsync("PATCH", "/counters/1", """{"value":7}""");
        await app.SendAsync("PATCH", "/counters/1", """{"value":"x","vlue":1,"value":3}""");
        await app.SendAsync("PATCH", "/counters/1", "{");
        await app.SendAsync("PATCH", "/counters/1", """{"value":8}""", ("If-Match", "\"x\""));
        await app.SendAsync("PATCH", "/counters/2", """{"value":8}""");
        await app.SendAsync("PATCH", "/counters/1", """{"note":"throw"}""");
        await app.SendAsync("PATCH", "/counters/1", """{"value":1001}""");
        Assert.Equal(
            [
                $"1 {Route} patchgen.outcome=changed",
                $"1 {Route} patchgen.outcome=unchanged",
                $"1 {Route} patchgen.outcome=rejected error.type=validation",
                $"1 {Route} patchgen.outcome=rejected error.type=malformed_body",
                $"1 {Route} patchgen.outcome=rejected error.type=precondition_failed",
                $"1 {Route} patchgen.outcome=rejected error.type=not_found",
                $"1 {Route} patchgen.outcome=failed error.type=internal",
                $"1 {Route} patchgen.outcome=rejected error.type=full",
            ],
            telemetry.Of("patchgen.patches"));
        Assert.Equal(
            [
                $"1 {Route} patchgen.problem.code=wrong_type",
                $"1 {Route} patchgen.problem.code=unknown_member",
                $"1 {Route} patchgen.problem.code=duplicate_member",
                $"1 {Route} patchgen.problem.code=malformed",
            ],
            telemetry.Of("patchgen.problems"));
        Assert.Equal(
            [$"1 {Route} patchgen.member=value", $"1 {Route} patchgen.member=note"], telemetry.Of("patchgen.changed_members"));
    }

    [Fact]
    public async Task A_change_that_only_the_handler_can_make_is_saved_and_counted()
    {
        using var telemetry = new Telemetry();
        await using MiniApp app = await MiniApp.StartAsync(middleware: static web => web.MapPatchHandler(new GivingHandler()));
        await app.Store.InsertAsync(new DocumentKey("", Cart.Collection, "c1"), new Cart(), CartJson.Default.Cart);
        string patch = new CartPatch { Coupons = new() { [GivingHandler.Coupon] = new() { IsUsed = true } } }.ToJson();
        ApiResponse response = await app.SendAsync("PATCH", "/giving/c1", patch);
        Assert.Equal(200, response.Status);
        Assert.Equal(["1 http.route=/giving/{id} patchgen.outcome=changed"], telemetry.Of("patchgen.patches"));
        Assert.Equal(["1 http.route=/giving/{id} patchgen.member=coupons"], telemetry.Of("patchgen.changed_members"));
    }

    [Fact]
    public async Task A_patch_in_an_endpoint_of_the_applications_own_is_accepted_or_rejected()
    {
        using var telemetry = new Telemetry();
        await using MiniApp app = await MiniApp.StartAsync(middleware: static web =>
            web.MapPatch("/own/{id}", static (PatchBody<MarkPatch> body) => "").ExcludeFromDescription());
        await app.SendAsync("PATCH", "/own/1", """{"value":7}""");
        await app.SendAsync("PATCH", "/own/1", """{"value":0}""");
        await app.SendAsync("PATCH", "/own/1", """{"reset":0}""");
        Assert.Equal(
            [
                "1 http.route=/own/{id} patchgen.outcome=accepted",
                "1 http.route=/own/{id} patchgen.outcome=rejected error.type=validation",
                "1 http.route=/own/{id} patchgen.outcome=rejected error.type=forbidden_fence",
            ],
            telemetry.Of("patchgen.patches"));
    }

    [Fact]
    public async Task No_tag_has_a_value_or_a_key()
    {
        using var telemetry = new Telemetry();
        await using MiniApp app = await MiniApp.StartAsync();
        await app.Store.InsertAsync(
            new DocumentKey("", Shelf.Collection, "secretid"),
            new Shelf { ShelfId = "secretid", Note = "secretnote" },
            ShelfJson.Default.Shelf);
        ApiResponse response = await app.SendAsync(
            "PATCH",
            "/shelves/secretid",
            """{"remark":"secretvalue","prices":{"secretkey":1},"boxes":{"secretkey":{"size":1}},"secretmember":1}""");
        Assert.Equal(200, response.Status);
        await app.SendAsync("PATCH", "/shelves/secretid", """{"prices":{"secretkey":"secretvalue"},"boxes":{"secretkey":3}}""");
        await app.SendAsync("PATCH", "/shelves/secretother", """{"remark":"secretvalue"}""");
        Assert.Equal(4, telemetry.Of("patchgen.changed_members").Length);
        Assert.NotEmpty(telemetry.Of("patchgen.problems"));
        Assert.DoesNotContain(telemetry.Measurements, static text => text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void The_activity_of_the_request_has_the_outcome()
    {
        using var telemetry = new Telemetry();
        using var activity = new Activity("request");
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpActivityFeature>(new OfActivity(activity));
        PatchTelemetry.Record(context, PatchTelemetry.Changed);
        Assert.Equal("changed", activity.GetTagItem("patchgen.outcome"));
        PatchTelemetry.Record(context, PatchError.ForStatus(422));
        Assert.Equal(("rejected", "validation"), (activity.GetTagItem("patchgen.outcome"), activity.GetTagItem("patchgen.error.code")));
    }

    [Fact]
    public void Nothing_is_allocated_when_nothing_listens()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpActivityFeature>(new OfActivity(new Activity("request")));
        PatchError error = PatchError.ForStatus(422) with { Problems = [new PatchProblem("/value", "wrong_type", "")] };
        Record();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Record();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(PatchTelemetry.CountsMembers);

        void Record()
        {
            PatchTelemetry.Record(context, PatchTelemetry.Changed);
            PatchTelemetry.Record(context, error);
        }
    }

    /// <summary>Adds the coupon that the patch changes.</summary>
    private sealed class GivingHandler : PatchHandler<CartPatch, Cart>
    {
        public static readonly Guid Coupon = new(7, 0, 0, new byte[8]);

        protected internal override PatchEndpoint Endpoint { get; } = new()
        {
            Pattern = "/giving/{id}",
            Collection = Cart.Collection,
            Resource = "Cart",
            RouteParameters = [new("id", nameof(Cart.Id), EndpointMemberKind.String, IsKey: true)],
        };

        protected internal override JsonTypeInfo<Cart> DocumentJson => CartJson.Default.Cart;

        protected internal override Cart Apply(CartPatch patch, Cart document, out bool changed) =>
            base.Apply(patch, document with { Coupons = [new Coupon { Id = Coupon }] }, out changed);
    }

    private sealed class OfActivity(Activity activity) : IHttpActivityFeature
    {
        public Activity Activity { get; set; } = activity;
    }
}
