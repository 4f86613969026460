using System.ComponentModel.DataAnnotations;

namespace Layers.PatchGen.Runtime.Tests.Models;

/// <summary>A hundred members, about as many as a body has at most.</summary>
[Patch]
internal sealed partial record HundredPatch
{
    [StringLength(80, MinimumLength = 1)]
    public partial string BillingCity { get; init; }

    public partial string? BillingStreet { get; init; }

    public partial string? BillingCountry { get; init; }

    [StringLength(500)]
    public partial string BillingNote { get; init; }

    [Range(0, 1000)]
    public partial int BillingRank { get; init; }

    public partial int? BillingCount { get; init; }

    public partial long BillingScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? BillingWeight { get; init; }

    public partial bool BillingActive { get; init; }

    public partial DayOfWeek? BillingKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string ShippingCity { get; init; }

    public partial string? ShippingStreet { get; init; }

    public partial string? ShippingCountry { get; init; }

    [StringLength(500)]
    public partial string ShippingNote { get; init; }

    [Range(0, 1000)]
    public partial int ShippingRank { get; init; }

    public partial int? ShippingCount { get; init; }

    public partial long ShippingScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? ShippingWeight { get; init; }

    public partial bool ShippingActive { get; init; }

    public partial DayOfWeek? ShippingKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string HomeCity { get; init; }

    public partial string? HomeStreet { get; init; }

    public partial string? HomeCountry { get; init; }

    [StringLength(500)]
    public partial string HomeNote { get; init; }

    [Range(0, 1000)]
    public partial int HomeRank { get; init; }

    public partial int? HomeCount { get; init; }

    public partial long HomeScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? HomeWeight { get; init; }

    public partial bool HomeActive { get; init; }

    public partial DayOfWeek? HomeKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string WorkCity { get; init; }

    public partial string? WorkStreet { get; init; }

    public partial string? WorkCountry { get; init; }

    [StringLength(500)]
    public partial string WorkNote { get; init; }

    [Range(0, 1000)]
    public partial int WorkRank { get; init; }

    public partial int? WorkCount { get; init; }

    public partial long WorkScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? WorkWeight { get; init; }

    public partial bool WorkActive { get; init; }

    public partial DayOfWeek? WorkKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string LegalCity { get; init; }

    public partial string? LegalStreet { get; init; }

    public partial string? LegalCountry { get; init; }

    [StringLength(500)]
    public partial string LegalNote { get; init; }

    [Range(0, 1000)]
    public partial int LegalRank { get; init; }

    public partial int? LegalCount { get; init; }

    public partial long LegalScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? LegalWeight { get; init; }

    public partial bool LegalActive { get; init; }

    public partial DayOfWeek? LegalKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string MobileCity { get; init; }

    public partial string? MobileStreet { get; init; }

    public partial string? MobileCountry { get; init; }

    [StringLength(500)]
    public partial string MobileNote { get; init; }

    [Range(0, 1000)]
    public partial int MobileRank { get; init; }

    public partial int? MobileCount { get; init; }

    public partial long MobileScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? MobileWeight { get; init; }

    public partial bool MobileActive { get; init; }

    public partial DayOfWeek? MobileKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string TravelCity { get; init; }

    public partial string? TravelStreet { get; init; }

    public partial string? TravelCountry { get; init; }

    [StringLength(500)]
    public partial string TravelNote { get; init; }

    [Range(0, 1000)]
    public partial int TravelRank { get; init; }

    public partial int? TravelCount { get; init; }

    public partial long TravelScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? TravelWeight { get; init; }

    public partial bool TravelActive { get; init; }

    public partial DayOfWeek? TravelKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string OfficeCity { get; init; }

    public partial string? OfficeStreet { get; init; }

    public partial string? OfficeCountry { get; init; }

    [StringLength(500)]
    public partial string OfficeNote { get; init; }

    [Range(0, 1000)]
    public partial int OfficeRank { get; init; }

    public partial int? OfficeCount { get; init; }

    public partial long OfficeScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? OfficeWeight { get; init; }

    public partial bool OfficeActive { get; init; }

    public partial DayOfWeek? OfficeKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string GardenCity { get; init; }

    public partial string? GardenStreet { get; init; }

    public partial string? GardenCountry { get; init; }

    [StringLength(500)]
    public partial string GardenNote { get; init; }

    [Range(0, 1000)]
    public partial int GardenRank { get; init; }

    public partial int? GardenCount { get; init; }

    public partial long GardenScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? GardenWeight { get; init; }

    public partial bool GardenActive { get; init; }

    public partial DayOfWeek? GardenKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string WinterCity { get; init; }

    public partial string? WinterStreet { get; init; }

    public partial string? WinterCountry { get; init; }

    [StringLength(500)]
    public partial string WinterNote { get; init; }

    [Range(0, 1000)]
    public partial int WinterRank { get; init; }

    public partial int? WinterCount { get; init; }

    public partial long WinterScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? WinterWeight { get; init; }

    public partial bool WinterActive { get; init; }

    public partial DayOfWeek? WinterKind { get; init; }
}

/// <summary>The same members in a structure.</summary>
[Patch]
internal readonly partial record struct HundredStructPatch
{
    [StringLength(80, MinimumLength = 1)]
    public partial string BillingCity { get; init; }

    public partial string? BillingStreet { get; init; }

    public partial string? BillingCountry { get; init; }

    [StringLength(500)]
    public partial string BillingNote { get; init; }

    [Range(0, 1000)]
    public partial int BillingRank { get; init; }

    public partial int? BillingCount { get; init; }

    public partial long BillingScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? BillingWeight { get; init; }

    public partial bool BillingActive { get; init; }

    public partial DayOfWeek? BillingKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string ShippingCity { get; init; }

    public partial string? ShippingStreet { get; init; }

    public partial string? ShippingCountry { get; init; }

    [StringLength(500)]
    public partial string ShippingNote { get; init; }

    [Range(0, 1000)]
    public partial int ShippingRank { get; init; }

    public partial int? ShippingCount { get; init; }

    public partial long ShippingScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? ShippingWeight { get; init; }

    public partial bool ShippingActive { get; init; }

    public partial DayOfWeek? ShippingKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string HomeCity { get; init; }

    public partial string? HomeStreet { get; init; }

    public partial string? HomeCountry { get; init; }

    [StringLength(500)]
    public partial string HomeNote { get; init; }

    [Range(0, 1000)]
    public partial int HomeRank { get; init; }

    public partial int? HomeCount { get; init; }

    public partial long HomeScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? HomeWeight { get; init; }

    public partial bool HomeActive { get; init; }

    public partial DayOfWeek? HomeKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string WorkCity { get; init; }

    public partial string? WorkStreet { get; init; }

    public partial string? WorkCountry { get; init; }

    [StringLength(500)]
    public partial string WorkNote { get; init; }

    [Range(0, 1000)]
    public partial int WorkRank { get; init; }

    public partial int? WorkCount { get; init; }

    public partial long WorkScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? WorkWeight { get; init; }

    public partial bool WorkActive { get; init; }

    public partial DayOfWeek? WorkKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string LegalCity { get; init; }

    public partial string? LegalStreet { get; init; }

    public partial string? LegalCountry { get; init; }

    [StringLength(500)]
    public partial string LegalNote { get; init; }

    [Range(0, 1000)]
    public partial int LegalRank { get; init; }

    public partial int? LegalCount { get; init; }

    public partial long LegalScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? LegalWeight { get; init; }

    public partial bool LegalActive { get; init; }

    public partial DayOfWeek? LegalKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string MobileCity { get; init; }

    public partial string? MobileStreet { get; init; }

    public partial string? MobileCountry { get; init; }

    [StringLength(500)]
    public partial string MobileNote { get; init; }

    [Range(0, 1000)]
    public partial int MobileRank { get; init; }

    public partial int? MobileCount { get; init; }

    public partial long MobileScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? MobileWeight { get; init; }

    public partial bool MobileActive { get; init; }

    public partial DayOfWeek? MobileKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string TravelCity { get; init; }

    public partial string? TravelStreet { get; init; }

    public partial string? TravelCountry { get; init; }

    [StringLength(500)]
    public partial string TravelNote { get; init; }

    [Range(0, 1000)]
    public partial int TravelRank { get; init; }

    public partial int? TravelCount { get; init; }

    public partial long TravelScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? TravelWeight { get; init; }

    public partial bool TravelActive { get; init; }

    public partial DayOfWeek? TravelKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string OfficeCity { get; init; }

    public partial string? OfficeStreet { get; init; }

    public partial string? OfficeCountry { get; init; }

    [StringLength(500)]
    public partial string OfficeNote { get; init; }

    [Range(0, 1000)]
    public partial int OfficeRank { get; init; }

    public partial int? OfficeCount { get; init; }

    public partial long OfficeScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? OfficeWeight { get; init; }

    public partial bool OfficeActive { get; init; }

    public partial DayOfWeek? OfficeKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string GardenCity { get; init; }

    public partial string? GardenStreet { get; init; }

    public partial string? GardenCountry { get; init; }

    [StringLength(500)]
    public partial string GardenNote { get; init; }

    [Range(0, 1000)]
    public partial int GardenRank { get; init; }

    public partial int? GardenCount { get; init; }

    public partial long GardenScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? GardenWeight { get; init; }

    public partial bool GardenActive { get; init; }

    public partial DayOfWeek? GardenKind { get; init; }

    [StringLength(80, MinimumLength = 1)]
    public partial string WinterCity { get; init; }

    public partial string? WinterStreet { get; init; }

    public partial string? WinterCountry { get; init; }

    [StringLength(500)]
    public partial string WinterNote { get; init; }

    [Range(0, 1000)]
    public partial int WinterRank { get; init; }

    public partial int? WinterCount { get; init; }

    public partial long WinterScore { get; init; }

    [Range(0.0, 1e6)]
    public partial double? WinterWeight { get; init; }

    public partial bool WinterActive { get; init; }

    public partial DayOfWeek? WinterKind { get; init; }
}
