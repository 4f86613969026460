using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Storage;
using SlimApi;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, TaskJson.Default));
builder.Services.AddSqliteDocumentStore(builder.Configuration["data"]!);
builder.Services.AddPatchHandlers();
builder.Services.Configure<PatchGenOptions>(builder.Configuration.GetSection("PatchGen"));

WebApplication app = builder.Build();
app.UsePatchErrors();
IDocumentStore store = app.Services.GetRequiredService<IDocumentStore>();
await store.InsertAsync(new DocumentKey("", "tasks", "t1"), new TaskItem("t1", "Wash up", "soon", default), TaskJson.Default.TaskItem);
await store.InsertAsync(
    new DocumentKey("", "boards", "b1"),
    new Board
    {
        BoardId = "b1",
        Tenant_Id = "x",
        Secret_Token = "TOP",
        Title = "Work",
        Lists = [new BoardList("To do", new Person("Ada", "TOP"), "TOP")],
    },
    BoardJson.Default.Board);
app.MapPatchHandlers();

// The same patch in a custom endpoint. The return type is explicit, because the generator that creates this delegate at compile time does
// not see ApplyTo.
app.MapPatch("/preview", TaskItem (PatchBody<TaskPatch> body) => body.Patch.ApplyTo(new TaskItem("t0", "Nothing", "note", default), out _));
await app.RunAsync();

namespace SlimApi
{
    public sealed record TaskItem(
        [property: Key] string TaskId, string Title, string? Note, [property: ChangedAt] DateTimeOffset ChangedAt);

    [Patch<TaskItem>(RequireAny = true)]
    [PatchEndpoint("/tasks/{taskId}", Collection = "tasks", Context = typeof(TaskJson))]
    public sealed partial record TaskPatch
    {
        [StringLength(20, MinimumLength = 1)]
        public partial string Title { get; init; }

        public partial string? Note { get; init; }
    }

#pragma warning disable CA1707 // Naming policies differ in names with underscores.
    /// <summary>Names that the naming policy changes, and members that are not in responses.</summary>
    public sealed record Board
    {
        [Key]
        public string BoardId { get; init; } = "";

        public string Tenant_Id { get; init; } = "";

        [NotInResponse]
        public string Secret_Token { get; set; } = "";

        public string Title { get; set; } = "";

        public List<BoardList> Lists { get; set; } = [];
    }

    public sealed record BoardList(string Name, Person Owner, [property: NotInResponse] string Invite__Code);

    public sealed record Person(string Name, [property: NotInResponse] string _Mail);
#pragma warning restore CA1707

    [Patch<Board>]
    [PatchEndpoint("/tenants/{tenant_Id}/board", Collection = "boards", Context = typeof(BoardJson))]
    public sealed partial record BoardPatch
    {
        public partial string Title { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
    [JsonSerializable(typeof(Board))]
    public sealed partial class BoardJson : JsonSerializerContext;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(TaskItem))]
    public sealed partial class TaskJson : JsonSerializerContext;
}
