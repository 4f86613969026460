using System.Text.Json;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests.Lists;

/// <summary>Lists that are patched by key, over HTTP: plain bodies, JSON Patch and merge patches.</summary>
public sealed class KeyedListFlowTests : IAsyncLifetime
{
    private const string Coupon = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string Plain = "application/json";
    private const string JsonPatch = "application/json-patch+json";
    private const string MergePatch = "application/merge-patch+json";

    private static readonly (string Name, string Value) Sales = ("X-Claims", "scope=sales");

    private static readonly Cart Before = new()
    {
        Lines =
        [
            new() { Id = 7, Amount = 1, Text = "pen", Discount = 5, AddedBy = "ann", Supplier = "HID", Parts = [new() { Code = "cap" }] },
            new() { Id = 9, Amount = 2, Supplier = "HID" },
            new() { Id = 8, Amount = 3 },
        ],
        Coupons = [new() { Id = Guid.Parse(Coupon) }],
    };

    private readonly OneCart _own = new() { Cart = Before };

    private MiniApp _app = null!;

    public static TheoryData<string, string, string> Changes => new()
    {
        { Plain, """{"lines":{"7":{"amount":4},"9":null,"12":{"text":"ink"}}}""", "7=4 pen, 8=3, 12=0 ink" },
        { Plain, """{"lines":{"12":{},"11":{}}}""", "7=1 pen, 9=2, 8=3, 12=0, 11=0" },
        { Plain, """{"lines":{"404":null}}""", "7=1 pen, 9=2, 8=3" },
        { JsonPatch, """[{"op":"replace","path":"/lines/0/amount","value":4},{"op":"remove","path":"/lines/1"}]""", "7=4 pen, 8=3" },
        { JsonPatch, """[{"op":"add","path":"/lines/0","value":{"line_id":12,"amount":1}}]""", "7=1 pen, 9=2, 8=3, 12=1" },
        { JsonPatch, """[{"op":"move","from":"/lines/2","path":"/lines/0"}]""", "7=1 pen, 9=2, 8=3" },
        {
            JsonPatch,
            """[{"op":"remove","path":"/lines/0/text"},{"op":"copy","from":"/lines/1/amount","path":"/lines/2/amount"}]""",
            "7=1, 9=2, 8=2"
        },
        { JsonPatch, """[{"op":"test","path":"/lines/1/line_id","value":9},{"op":"remove","path":"/lines/1"}]""", "7=1 pen, 8=3" },
        {
            JsonPatch,
            """[{"op":"replace","path":"/lines","value":[{"line_id":9,"amount":6,"addedBy":null,"discount":0,"parts":[]}]}]""",
            "9=6"
        },
        { JsonPatch, """[{"op":"replace","path":"/lines/2","value":{"line_id":5,"amount":6}}]""", "7=1 pen, 9=2, 5=6" },
        { JsonPatch, """[{"op":"add","path":"/lines/1/supplier","value":"new"}]""", "7=1 pen, 9=2, 8=3" },
        { MergePatch, """{"lines":[{"line_id":8,"amount":5,"discount":0,"parts":[]},{"line_id":12,"text":"x"}]}""", "8=5, 12=0 x" },
        { MergePatch, """{"note":"a","lines":[]}""", "" },
    };

    public static TheoryData<string, string, int, string> Errors => new()
    {
        {
            Plain,
            """{"coupons":{"00000000-0000-0000-0000-000000000000":{}}}""",
            409, "/coupons/00000000-0000-0000-0000-000000000000 missing_target"
        },
        {
            Plain,
            """{"note":"x","lines":{"7":{"parts":{"cap":{},"nib":{},"a/b":{}}},"8":{"amount":1}}}""",
            409, "/lines/7/parts/nib missing_target, /lines/7/parts/a~1b missing_target"
        },
        { Plain, """{"lines":{"07":{},"7":{"amount":101}}}""", 422, "/lines/07 bad_format, /lines/7/amount out_of_range" },
        { Plain, """{"lines":{"7":{"line_id":7}}}""", 422, "/lines/7/line_id unknown_member" },
        { Plain, """{"lines":{"1":{},"2":{},"3":{}}}""", 422, "/lines too_long" },
        { Plain, """{"lines":{"x":{"gift":1}}}""", 403, "/lines/x/gift fenced" },
        { Plain, """{"lines":{"9":{"discount":1}},"coupons":{"x":{}}}""", 403, "/lines/9/discount missing_scope" },
        { Plain, $$$"""{"coupons":{"{{{Coupon}}}":null}}""", 422, $"/coupons/{Coupon} null_not_allowed" },
        {
            JsonPatch,
            """[{"op":"add","path":"/coupons/-","value":{"id":"00000000-0000-0000-0000-000000000000"}}]""",
            409, "/0/value missing_target /coupons/1"
        },
        { JsonPatch, """[{"op":"remove","path":"/coupons/0"}]""", 422, "/0/path null_not_allowed /coupons" },
        { JsonPatch, """[{"op":"remove","path":"/lines/3"}]""", 409, "/0/path missing_target /lines/3" },
        { JsonPatch, """[{"op":"replace","path":"/lines/0/line_id","value":6}]""", 422, "/0/path unknown_member /lines/0/line_id" },
        { JsonPatch, """[{"op":"add","path":"/lines/-","value":{"amount":1}}]""", 422, "/0/value missing_member /lines/3" },
        { JsonPatch, """[{"op":"add","path":"/lines/-","value":{"line_id":null}}]""", 422, "/0/value null_not_allowed /lines/3" },
        { JsonPatch, """[{"op":"add","path":"/lines/-","value":{"line_id":"7"}}]""", 422, "/0/value wrong_type /lines/3" },
        { JsonPatch, """[{"op":"add","path":"/lines/-","value":{"line_id":7.0}}]""", 422, "/0/value bad_format /lines/3" },
        { JsonPatch, """[{"op":"add","path":"/lines/-","value":5}]""", 422, "/0/value wrong_type /lines/3" },
        { JsonPatch, """[{"op":"copy","from":"/lines/0","path":"/lines/-"}]""", 422, "/0/path duplicate_item /lines/3" },
        {
            JsonPatch,
            """[{"op":"add","path":"/lines/0","value":{"line_id":3,"amount":101,"typo":1}}]""",
            422, "/0/value/amount out_of_range /lines/0/amount, /0/value/typo unknown_member /lines/0/typo"
        },
        { JsonPatch, """[{"op":"replace","path":"/lines","value":{"7":{}}}]""", 422, "/0/value wrong_type /lines" },
        { JsonPatch, """[{"op":"replace","path":"/lines","value":null}]""", 422, "/0/value null_not_allowed /lines" },
        { JsonPatch, """[{"op":"replace","path":"/lines/0/discount","value":1}]""", 403, "/0/path missing_scope /lines/0/discount" },
        { JsonPatch, """[{"op":"add","path":"/lines/0","value":{"line_id":3,"gift":1}}]""", 403, "/0/value/gift fenced /lines/0/gift" },
        {
            JsonPatch,
            """[{"op":"replace","path":"/lines","value":[{"line_id":3},{"line_id":4,"gift":1}]}]""",
            403, "/0/value/1/gift fenced /lines/1/gift"
        },
        { JsonPatch, """[{"op":"test","path":"/lines/0/supplier","value":"HID"}]""", 422, "/0/path unknown_member /lines/0/supplier" },
        {
            JsonPatch,
            """[{"op":"replace","path":"/lines/0","value":{"line_id":7,"amount":1}}]""",
            403, "/0/value missing_scope /lines/0/discount"
        },
        {
            JsonPatch,
            """[{"op":"replace","path":"/lines/1","value":{"line_id":9,"addedBy":"x"}}]""",
            403, "/0/value missing_scope /lines/1/discount"
        },
        { MergePatch, """{"lines":{"7":{"amount":1}}}""", 422, "/lines wrong_type" },
        { MergePatch, """{"lines":"x","note":"0123456789012345678901"}""", 422, "/note too_long, /lines wrong_type" },
        { MergePatch, """{"lines":[{"line_id":3,"gift":1}]}""", 403, "/lines/0/gift fenced" },
        { MergePatch, """{"lines":[{"line_id":3,"discount":1}]}""", 403, "/lines/0/discount missing_scope" },
        { MergePatch, """{"lines":[{"line_id":3,"amount":101},{"line_id":4},{"line_id":3}]}""", 422, "/lines/2 duplicate_item" },
        { MergePatch, """{"lines":[{"line_id":3,"amount":101}]}""", 422, "/lines/0/amount out_of_range /lines/3/amount" },
        {
            MergePatch,
            """{"lines":[{"line_id":3,"line_id":4,"amount":1,"amount":1}]}""",
            422, "/lines/0/line_id duplicate_member, /lines/0/amount duplicate_member"
        },
        { MergePatch, """{"lines":null}""", 422, "/lines null_not_allowed" },
        {
            MergePatch,
            """{"coupons":[{"id":"00000000-0000-0000-0000-000000000000"}]}""",
            422, "/coupons null_not_allowed /coupons/" + Coupon
        },
    };

    public async Task InitializeAsync()
    {
        _app = await MiniApp.StartAsync(
            services: services =>
            {
                services.AddPatchGen(static options => options.Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch);
                services.AddSingleton(_own);
                services.AddControllers().AddApplicationPart(typeof(CartController).Assembly);
            },
            middleware: app =>
            {
                app.MapPatch("/own", (PatchBody<CartPatch> body) => Results.Text(_own.Patch(body)));
                app.MapControllers();
            });
        await _app.Store.InsertAsync(new DocumentKey("", Cart.Collection, "c1"), Before, CartJson.Default.Cart);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_body_changes_the_list(string type, string body, string lines)
    {
        foreach (string path in (string[])["/carts/c1", "/own", "/mvc/cart"])
        {
            _own.Cart = Before;

            // A member that needs a scope needs it wherever it is sent, also in an array with the current value.
            bool needsScope = body.Contains("discount", StringComparison.Ordinal);
            ApiResponse response = await SendAsync(path, type, body, needsScope ? [Sales] : []);
            Assert.True(response.Status == 200, response.Text);
            Assert.Equal(lines, Show(JsonSerializer.Deserialize(response.Text, CartJson.Default.Cart)!));
        }

        Cart stored = await StoredAsync();
        Assert.Equal(lines, Show(stored));
        Assert.Equal(Show(stored), Show(_own.Cart));
        Assert.All(
            stored.Lines.Where(static line => line.Id == 7),
            static line => Assert.Equal(("ann", 5), (line.AddedBy, line.Discount)));
        Assert.All(
            stored.Lines.Where(static line => line.Id == 9),
            static line => Assert.Contains(line.Supplier, (string[])["HID", "new"]));
        Assert.Equal(lines == Show(Before) && !body.Contains("supplier", StringComparison.Ordinal), stored.ChangedAt == default);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_has_the_place_in_the_body_and_nothing_is_changed(string type, string body, int status, string problems)
    {
        string code = status switch
        {
            409 => "missing_target",
            422 => "validation",
            _ => problems.Contains("fenced", StringComparison.Ordinal) ? "forbidden_fence" : "forbidden_scope",
        };
        foreach (string path in (string[])["/carts/c1", "/own", "/mvc/cart"])
        {
            if (path != "/carts/c1" && problems == "/lines too_long")
            {
                continue; // The size of a document is limited by generated endpoints.
            }

            ApiResponse response = await SendAsync(path, type, body);
            Assert.Equal(status, response.Status);
            JsonElement error = ProblemAssert.Matches(response, status, code);
            Assert.Equal(problems, string.Join(", ", error.GetProperty("errors").EnumerateArray().Select(Short)));
            Assert.DoesNotContain("HID", response.Text, StringComparison.Ordinal);
        }

        Assert.Same(Before, _own.Cart);
        Assert.Equal(Show(Before), Show(await StoredAsync()));
    }

    [Fact]
    public async Task A_caller_with_the_scope_may_write_the_member()
    {
        Assert.Equal(200, (await SendAsync("/carts/c1", Plain, """{"lines":{"9":{"discount":1}}}""", Sales)).Status);
        string operation = """[{"op":"replace","path":"/lines/0/discount","value":2}]""";
        Assert.Equal(200, (await SendAsync("/carts/c1", JsonPatch, operation, Sales)).Status);
    }

    [Fact]
    public async Task The_response_hides_what_the_items_hide_and_a_stale_version_precedes_a_missing_key()
    {
        ApiResponse response = await SendAsync("/carts/c1", Plain, """{"lines":{"7":{"supplier":"HID2"}}}""");
        Assert.Equal(200, response.Status);
        Assert.DoesNotContain("HID", response.Text, StringComparison.Ordinal);
        string missing = """{"coupons":{"00000000-0000-0000-0000-000000000000":{}}}""";
        Assert.Equal(412, (await SendAsync("/carts/c1", Plain, missing, ("If-Match", "\"1-1\""))).Status);
        Assert.Equal(404, (await SendAsync("/carts/c2", Plain, missing)).Status);
    }

    [Fact]
    public async Task A_source_of_the_application_rejects_a_missing_key_as_well()
    {
        await using MiniApp app = await MiniApp.StartAsync(services: services =>
        {
            services.AddPatchGen(static options => options.Read = options.Read with { MaxProblems = 2 });
            services.AddSingleton<IDocumentSource<Cart>>(_own);
        });
        string body = """{"lines":{"7":{"amount":5,"parts":{"a":{},"b":{},"c":{}}}}}""";
        JsonElement error = ProblemAssert.Matches(await app.SendAsync("PATCH", "/carts/c1", body), 409, "missing_target");
        Assert.Equal(
            ["/lines/7/parts/a missing_target", "/lines/7/parts/b missing_target"],
            error.GetProperty("errors").EnumerateArray().Select(Short));
        Assert.Same(Before, _own.Cart);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/carts/c1", """{"lines":{"7":{"amount":5}}}""")).Status);
        Assert.Equal(5, _own.Cart.Lines[0].Amount);
    }

    [Fact]
    public async Task A_document_with_one_key_twice_is_changed_by_a_plain_body_and_not_by_another()
    {
        var key = new DocumentKey("", Cart.Collection, "c3");
        await _app.Store.InsertAsync(key, Before with { Id = "c3", Lines = [.. Before.Lines, Before.Lines[1]] }, CartJson.Default.Cart);
        ApiResponse response = await SendAsync("/carts/c3", JsonPatch, """[{"op":"remove","path":"/lines/3"}]""");
        Assert.Equal("/0/path duplicate_item /lines", Short(ProblemAssert.Matches(response, 422, "validation").GetProperty("errors")[0]));
        response = await SendAsync("/carts/c3", Plain, """{"lines":{"9":null}}""");
        Assert.Equal("7=1 pen, 8=3", Show(JsonSerializer.Deserialize(response.Text, CartJson.Default.Cart)!));
    }

    private Task<ApiResponse> SendAsync(string path, string type, string body, params (string Name, string Value)[] headers) =>
        _app.SendAsync("PATCH", path, body, [("Content-Type", type), .. headers]);

    private async Task<Cart> StoredAsync() => JsonSerializer.Deserialize(
        (await _app.Store.LoadAsync(new DocumentKey("", Cart.Collection, "c1")))!.Json.Span, CartJson.Default.Cart)!;

    private static string Show(Cart cart) =>
        string.Join(", ", cart.Lines.Select(static line => $"{line.Id}={line.Amount} {line.Text}".TrimEnd()));

    private static string Short(JsonElement error)
    {
        string path = error.TryGetProperty("path", out JsonElement found) ? $" {found}" : "";
        return $"{error.GetProperty("pointer")} {error.GetProperty("code")}{path}";
    }
}
