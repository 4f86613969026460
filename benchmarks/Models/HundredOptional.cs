using System.Text.Json.Serialization;
using Layers.PatchGen.Benchmarks.Peers;

namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A hundred scalar members for System.Text.Json, with presence.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class HundredOptional
{
    public Optional<string?> BillingCity { get; set; }

    public Optional<string?> BillingStreet { get; set; }

    public Optional<string?> BillingCountry { get; set; }

    public Optional<string?> BillingNote { get; set; }

    public Optional<int?> BillingRank { get; set; }

    public Optional<int?> BillingCount { get; set; }

    public Optional<long?> BillingScore { get; set; }

    public Optional<double?> BillingWeight { get; set; }

    public Optional<bool?> BillingActive { get; set; }

    public Optional<bool?> BillingVerified { get; set; }

    public Optional<string?> ShippingCity { get; set; }

    public Optional<string?> ShippingStreet { get; set; }

    public Optional<string?> ShippingCountry { get; set; }

    public Optional<string?> ShippingNote { get; set; }

    public Optional<int?> ShippingRank { get; set; }

    public Optional<int?> ShippingCount { get; set; }

    public Optional<long?> ShippingScore { get; set; }

    public Optional<double?> ShippingWeight { get; set; }

    public Optional<bool?> ShippingActive { get; set; }

    public Optional<bool?> ShippingVerified { get; set; }

    public Optional<string?> HomeCity { get; set; }

    public Optional<string?> HomeStreet { get; set; }

    public Optional<string?> HomeCountry { get; set; }

    public Optional<string?> HomeNote { get; set; }

    public Optional<int?> HomeRank { get; set; }

    public Optional<int?> HomeCount { get; set; }

    public Optional<long?> HomeScore { get; set; }

    public Optional<double?> HomeWeight { get; set; }

    public Optional<bool?> HomeActive { get; set; }

    public Optional<bool?> HomeVerified { get; set; }

    public Optional<string?> WorkCity { get; set; }

    public Optional<string?> WorkStreet { get; set; }

    public Optional<string?> WorkCountry { get; set; }

    public Optional<string?> WorkNote { get; set; }

    public Optional<int?> WorkRank { get; set; }

    public Optional<int?> WorkCount { get; set; }

    public Optional<long?> WorkScore { get; set; }

    public Optional<double?> WorkWeight { get; set; }

    public Optional<bool?> WorkActive { get; set; }

    public Optional<bool?> WorkVerified { get; set; }

    public Optional<string?> LegalCity { get; set; }

    public Optional<string?> LegalStreet { get; set; }

    public Optional<string?> LegalCountry { get; set; }

    public Optional<string?> LegalNote { get; set; }

    public Optional<int?> LegalRank { get; set; }

    public Optional<int?> LegalCount { get; set; }

    public Optional<long?> LegalScore { get; set; }

    public Optional<double?> LegalWeight { get; set; }

    public Optional<bool?> LegalActive { get; set; }

    public Optional<bool?> LegalVerified { get; set; }

    public Optional<string?> MobileCity { get; set; }

    public Optional<string?> MobileStreet { get; set; }

    public Optional<string?> MobileCountry { get; set; }

    public Optional<string?> MobileNote { get; set; }

    public Optional<int?> MobileRank { get; set; }

    public Optional<int?> MobileCount { get; set; }

    public Optional<long?> MobileScore { get; set; }

    public Optional<double?> MobileWeight { get; set; }

    public Optional<bool?> MobileActive { get; set; }

    public Optional<bool?> MobileVerified { get; set; }

    public Optional<string?> TravelCity { get; set; }

    public Optional<string?> TravelStreet { get; set; }

    public Optional<string?> TravelCountry { get; set; }

    public Optional<string?> TravelNote { get; set; }

    public Optional<int?> TravelRank { get; set; }

    public Optional<int?> TravelCount { get; set; }

    public Optional<long?> TravelScore { get; set; }

    public Optional<double?> TravelWeight { get; set; }

    public Optional<bool?> TravelActive { get; set; }

    public Optional<bool?> TravelVerified { get; set; }

    public Optional<string?> OfficeCity { get; set; }

    public Optional<string?> OfficeStreet { get; set; }

    public Optional<string?> OfficeCountry { get; set; }

    public Optional<string?> OfficeNote { get; set; }

    public Optional<int?> OfficeRank { get; set; }

    public Optional<int?> OfficeCount { get; set; }

    public Optional<long?> OfficeScore { get; set; }

    public Optional<double?> OfficeWeight { get; set; }

    public Optional<bool?> OfficeActive { get; set; }

    public Optional<bool?> OfficeVerified { get; set; }

    public Optional<string?> GardenCity { get; set; }

    public Optional<string?> GardenStreet { get; set; }

    public Optional<string?> GardenCountry { get; set; }

    public Optional<string?> GardenNote { get; set; }

    public Optional<int?> GardenRank { get; set; }

    public Optional<int?> GardenCount { get; set; }

    public Optional<long?> GardenScore { get; set; }

    public Optional<double?> GardenWeight { get; set; }

    public Optional<bool?> GardenActive { get; set; }

    public Optional<bool?> GardenVerified { get; set; }

    public Optional<string?> WinterCity { get; set; }

    public Optional<string?> WinterStreet { get; set; }

    public Optional<string?> WinterCountry { get; set; }

    public Optional<string?> WinterNote { get; set; }

    public Optional<int?> WinterRank { get; set; }

    public Optional<int?> WinterCount { get; set; }

    public Optional<long?> WinterScore { get; set; }

    public Optional<double?> WinterWeight { get; set; }

    public Optional<bool?> WinterActive { get; set; }

    public Optional<bool?> WinterVerified { get; set; }
}
