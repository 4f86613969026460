using System.Text.Json.Serialization;

namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A hundred scalar members for System.Text.Json.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class HundredClass
{
    public string? BillingCity { get; set; }

    public string? BillingStreet { get; set; }

    public string? BillingCountry { get; set; }

    public string? BillingNote { get; set; }

    public int? BillingRank { get; set; }

    public int? BillingCount { get; set; }

    public long? BillingScore { get; set; }

    public double? BillingWeight { get; set; }

    public bool? BillingActive { get; set; }

    public bool? BillingVerified { get; set; }

    public string? ShippingCity { get; set; }

    public string? ShippingStreet { get; set; }

    public string? ShippingCountry { get; set; }

    public string? ShippingNote { get; set; }

    public int? ShippingRank { get; set; }

    public int? ShippingCount { get; set; }

    public long? ShippingScore { get; set; }

    public double? ShippingWeight { get; set; }

    public bool? ShippingActive { get; set; }

    public bool? ShippingVerified { get; set; }

    public string? HomeCity { get; set; }

    public string? HomeStreet { get; set; }

    public string? HomeCountry { get; set; }

    public string? HomeNote { get; set; }

    public int? HomeRank { get; set; }

    public int? HomeCount { get; set; }

    public long? HomeScore { get; set; }

    public double? HomeWeight { get; set; }

    public bool? HomeActive { get; set; }

    public bool? HomeVerified { get; set; }

    public string? WorkCity { get; set; }

    public string? WorkStreet { get; set; }

    public string? WorkCountry { get; set; }

    public string? WorkNote { get; set; }

    public int? WorkRank { get; set; }

    public int? WorkCount { get; set; }

    public long? WorkScore { get; set; }

    public double? WorkWeight { get; set; }

    public bool? WorkActive { get; set; }

    public bool? WorkVerified { get; set; }

    public string? LegalCity { get; set; }

    public string? LegalStreet { get; set; }

    public string? LegalCountry { get; set; }

    public string? LegalNote { get; set; }

    public int? LegalRank { get; set; }

    public int? LegalCount { get; set; }

    public long? LegalScore { get; set; }

    public double? LegalWeight { get; set; }

    public bool? LegalActive { get; set; }

    public bool? LegalVerified { get; set; }

    public string? MobileCity { get; set; }

    public string? MobileStreet { get; set; }

    public string? MobileCountry { get; set; }

    public string? MobileNote { get; set; }

    public int? MobileRank { get; set; }

    public int? MobileCount { get; set; }

    public long? MobileScore { get; set; }

    public double? MobileWeight { get; set; }

    public bool? MobileActive { get; set; }

    public bool? MobileVerified { get; set; }

    public string? TravelCity { get; set; }

    public string? TravelStreet { get; set; }

    public string? TravelCountry { get; set; }

    public string? TravelNote { get; set; }

    public int? TravelRank { get; set; }

    public int? TravelCount { get; set; }

    public long? TravelScore { get; set; }

    public double? TravelWeight { get; set; }

    public bool? TravelActive { get; set; }

    public bool? TravelVerified { get; set; }

    public string? OfficeCity { get; set; }

    public string? OfficeStreet { get; set; }

    public string? OfficeCountry { get; set; }

    public string? OfficeNote { get; set; }

    public int? OfficeRank { get; set; }

    public int? OfficeCount { get; set; }

    public long? OfficeScore { get; set; }

    public double? OfficeWeight { get; set; }

    public bool? OfficeActive { get; set; }

    public bool? OfficeVerified { get; set; }

    public string? GardenCity { get; set; }

    public string? GardenStreet { get; set; }

    public string? GardenCountry { get; set; }

    public string? GardenNote { get; set; }

    public int? GardenRank { get; set; }

    public int? GardenCount { get; set; }

    public long? GardenScore { get; set; }

    public double? GardenWeight { get; set; }

    public bool? GardenActive { get; set; }

    public bool? GardenVerified { get; set; }

    public string? WinterCity { get; set; }

    public string? WinterStreet { get; set; }

    public string? WinterCountry { get; set; }

    public string? WinterNote { get; set; }

    public int? WinterRank { get; set; }

    public int? WinterCount { get; set; }

    public long? WinterScore { get; set; }

    public double? WinterWeight { get; set; }

    public bool? WinterActive { get; set; }

    public bool? WinterVerified { get; set; }
}
