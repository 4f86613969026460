using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>Which contracts are followed by bytes alone, and the reasons for those that are not.</summary>
public class DocumentContractTests
{
    [Fact]
    public void Each_reason_is_given()
    {
        Assert.Equal("CodeInGetter has code in the accessors of Value", Reason<CodeInGetterPatch, CodeInGetter>());
        Assert.Equal("CodeInSetter has code in the accessors of Other", Reason<CodeInSetterPatch, CodeInSetter>());
        Assert.Equal("Computed.Length is computed", Reason<ComputedPatch, Computed>());
        Assert.Equal("Polymorphic is polymorphic", Reason<PolymorphicPatch, Polymorphic>());
        Assert.Equal("Callbacks has serialization callbacks", Reason<CallbacksPatch, Callbacks>());
        Assert.Equal("DefaultLeftOut.Value is left out when it has its default value", Reason<DefaultLeftOutPatch, DefaultLeftOut>());
        Assert.Equal("Unwritten.Value is not written", Reason<UnwrittenPatch, Unwritten>());
        Assert.Equal("Populated.Names is populated", Reason<PopulatedPatch, Populated>());
        Assert.Equal("Quoted.it's has a name with escaped characters", Reason<QuotedPatch, Quoted>());
    }

    [Fact]
    public void Members_that_need_the_object_are_named_and_the_others_do_not()
    {
        Needs<OwnConverterPatch, OwnConverter>("OwnConverter.Value has a converter of its own", "\"Loud\"", "\"very loud\"");
        Needs<ByKeyPatch, ByKey>("ByKey.Value is a dictionary, which is merged by key", "{}", "{\"a\":1}");
        Needs<ClosedPatch, Closed>("Closed.Value is a dictionary, which is merged by key", "{}", "{\"a\":1}");
        Needs<KeyedPatch, Keyed>("Keyed.Value is a list, which is merged by key", "[]", "{\"a\":{}}");
        Needs<OtherListPatch, OtherList>("OtherList.Value has another type than the member of the patch", "[]", "[\"a\"]");
        Needs<BlobPatch, Blob>(
            "Blob.Value is an array of bytes, whose null a generated context can write as an empty string", "\"\"", "null");
        Needs<NumberAsTextPatch, NumberAsText>("NumberAsText.Value writes numbers as strings", "\"1\"", "2");

        static void Needs<TPatch, TDocument>(string reason, string stored, string sent)
            where TPatch : IPatch<TPatch, TDocument>
        {
            DocumentPatcher.TryCreate(
                ContractsContext.Default.GetTypeInfo(typeof(TDocument))!,
                DocumentWays.Writing,
                out DocumentPatcher<TPatch>? patcher,
                out _);
            Assert.Equal([reason], patcher!.Exceptions);
            byte[] document = Encoding.UTF8.GetBytes($$"""{"Value":{{stored}},"Other":"a"}""");
            TPatch other = PatchReader.Read<TPatch>(Encoding.UTF8.GetBytes("""{"other":"b"}""")), value =
                PatchReader.Read<TPatch>(Encoding.UTF8.GetBytes($$"""{"value":{{sent}}}"""));
            Assert.True(patcher.TryApply(document, in other, default, 64, out byte[]? after, out _));
            Assert.Equal($$"""{"Value":{{stored}},"Other":"b"}""", Encoding.UTF8.GetString(after!));
            Assert.False(patcher.TryApply(document, in value, default, 64, out _, out _));
        }
    }

    [Fact]
    public void Each_option_that_cannot_be_followed_is_named()
    {
        Assert.Equal("the options have a reference handler", Reason(new() { ReferenceHandler = ReferenceHandler.Preserve }));
        Assert.Equal("the options write numbers as strings", Reason(new() { NumberHandling = JsonNumberHandling.WriteAsString }));
        Assert.Equal(
            "the options populate what properties hold",
            Reason(new() { PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate }));
        Assert.Equal("the options leave out what cannot be set", Reason(new() { IgnoreReadOnlyProperties = true }));
        Assert.Equal("the options limit the depth of documents", Reason(new() { MaxDepth = 8 }));
        Assert.Equal(
            "Address.Number is left out when it has its default value",
            Reason(new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault }));
        Assert.Equal("Traits has names in any case, and collects others", Reason(new(JsonSerializerDefaults.Web)));
    }

    [Fact]
    public void A_condition_of_the_users_is_a_reason()
    {
        IJsonTypeInfoResolver resolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(static contract =>
        {
            foreach (JsonPropertyInfo property in contract.Properties.Where(static one => one.Name == "Motto"))
            {
                property.ShouldSerialize = static (document, value) => ((Profile)document).Name is not null && value is not null;
            }
        });
        Assert.Equal("Profile.Motto is left out on a condition of its own", Reason(new() { TypeInfoResolver = resolver }));
    }

    [Fact]
    public void A_condition_that_replaces_a_declared_one_is_a_reason()
    {
        IJsonTypeInfoResolver resolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(static contract =>
        {
            foreach (JsonPropertyInfo property in contract.Properties.Where(static one => one.Name == "Nickname"))
            {
                property.ShouldSerialize = static (_, _) => true;
            }
        });
        Assert.Equal("Profile.Nickname is left out on a condition of its own", Reason(new() { TypeInfoResolver = resolver }));
    }

    [Fact]
    public void A_member_that_is_added_to_the_contract_is_a_reason()
    {
        IJsonTypeInfoResolver resolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(static contract =>
        {
            if (contract.Type == typeof(Profile))
            {
                JsonPropertyInfo added = contract.CreateJsonPropertyInfo(typeof(int), "length");
                added.Get = static document => ((Profile)document).Name.Length;
                contract.Properties.Add(added);
            }
        });
        Assert.Equal("Profile.length was added to the contract", Reason(new() { TypeInfoResolver = resolver }));
    }

    [Fact]
    public void Contracts_by_reflection_are_followed() => Assert.Null(Reason(new()));

    private static string? Reason(JsonSerializerOptions options)
    {
        options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
        return DocumentPatcher.TryCreate<ProfilePatch>(
            options.GetTypeInfo(typeof(Profile)), DocumentWays.Writing, out _, out string? reason)
            ? null
            : reason;
    }

    private static string? Reason<TPatch, TDocument>()
        where TPatch : IPatch<TPatch, TDocument> =>
        DocumentPatcher.TryCreate<TPatch>(
            ContractsContext.Default.GetTypeInfo(typeof(TDocument))!, DocumentWays.Writing, out _, out string? reason) ? null : reason;
}
