namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A hundred scalar members, all nullable.</summary>
[Patch]
public readonly partial record struct HundredStruct
{
    public partial string? BillingCity { get; init; }

    public partial string? BillingStreet { get; init; }

    public partial string? BillingCountry { get; init; }

    public partial string? BillingNote { get; init; }

    public partial int? BillingRank { get; init; }

    public partial int? BillingCount { get; init; }

    public partial long? BillingScore { get; init; }

    public partial double? BillingWeight { get; init; }

    public partial bool? BillingActive { get; init; }

    public partial bool? BillingVerified { get; init; }

    public partial string? ShippingCity { get; init; }

    public partial string? ShippingStreet { get; init; }

    public partial string? ShippingCountry { get; init; }

    public partial string? ShippingNote { get; init; }

    public partial int? ShippingRank { get; init; }

    public partial int? ShippingCount { get; init; }

    public partial long? ShippingScore { get; init; }

    public partial double? ShippingWeight { get; init; }

    public partial bool? ShippingActive { get; init; }

    public partial bool? ShippingVerified { get; init; }

    public partial string? HomeCity { get; init; }

    public partial string? HomeStreet { get; init; }

    public partial string? HomeCountry { get; init; }

    public partial string? HomeNote { get; init; }

    public partial int? HomeRank { get; init; }

    public partial int? HomeCount { get; init; }

    public partial long? HomeScore { get; init; }

    public partial double? HomeWeight { get; init; }

    public partial bool? HomeActive { get; init; }

    public partial bool? HomeVerified { get; init; }

    public partial string? WorkCity { get; init; }

    public partial string? WorkStreet { get; init; }

    public partial string? WorkCountry { get; init; }

    public partial string? WorkNote { get; init; }

    public partial int? WorkRank { get; init; }

    public partial int? WorkCount { get; init; }

    public partial long? WorkScore { get; init; }

    public partial double? WorkWeight { get; init; }

    public partial bool? WorkActive { get; init; }

    public partial bool? WorkVerified { get; init; }

    public partial string? LegalCity { get; init; }

    public partial string? LegalStreet { get; init; }

    public partial string? LegalCountry { get; init; }

    public partial string? LegalNote { get; init; }

    public partial int? LegalRank { get; init; }

    public partial int? LegalCount { get; init; }

    public partial long? LegalScore { get; init; }

    public partial double? LegalWeight { get; init; }

    public partial bool? LegalActive { get; init; }

    public partial bool? LegalVerified { get; init; }

    public partial string? MobileCity { get; init; }

    public partial string? MobileStreet { get; init; }

    public partial string? MobileCountry { get; init; }

    public partial string? MobileNote { get; init; }

    public partial int? MobileRank { get; init; }

    public partial int? MobileCount { get; init; }

    public partial long? MobileScore { get; init; }

    public partial double? MobileWeight { get; init; }

    public partial bool? MobileActive { get; init; }

    public partial bool? MobileVerified { get; init; }

    public partial string? TravelCity { get; init; }

    public partial string? TravelStreet { get; init; }

    public partial string? TravelCountry { get; init; }

    public partial string? TravelNote { get; init; }

    public partial int? TravelRank { get; init; }

    public partial int? TravelCount { get; init; }

    public partial long? TravelScore { get; init; }

    public partial double? TravelWeight { get; init; }

    public partial bool? TravelActive { get; init; }

    public partial bool? TravelVerified { get; init; }

    public partial string? OfficeCity { get; init; }

    public partial string? OfficeStreet { get; init; }

    public partial string? OfficeCountry { get; init; }

    public partial string? OfficeNote { get; init; }

    public partial int? OfficeRank { get; init; }

    public partial int? OfficeCount { get; init; }

    public partial long? OfficeScore { get; init; }

    public partial double? OfficeWeight { get; init; }

    public partial bool? OfficeActive { get; init; }

    public partial bool? OfficeVerified { get; init; }

    public partial string? GardenCity { get; init; }

    public partial string? GardenStreet { get; init; }

    public partial string? GardenCountry { get; init; }

    public partial string? GardenNote { get; init; }

    public partial int? GardenRank { get; init; }

    public partial int? GardenCount { get; init; }

    public partial long? GardenScore { get; init; }

    public partial double? GardenWeight { get; init; }

    public partial bool? GardenActive { get; init; }

    public partial bool? GardenVerified { get; init; }

    public partial string? WinterCity { get; init; }

    public partial string? WinterStreet { get; init; }

    public partial string? WinterCountry { get; init; }

    public partial string? WinterNote { get; init; }

    public partial int? WinterRank { get; init; }

    public partial int? WinterCount { get; init; }

    public partial long? WinterScore { get; init; }

    public partial double? WinterWeight { get; init; }

    public partial bool? WinterActive { get; init; }

    public partial bool? WinterVerified { get; init; }
}
