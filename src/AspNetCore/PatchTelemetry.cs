using System.Diagnostics.Metrics;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Counts patches, and tags the activity of the request. Does nothing and allocates nothing where nothing listens.</summary>
internal static class PatchTelemetry
{
    /// <summary>The patch has changed the document.</summary>
    public const string Changed = "changed";

    /// <summary>The patch was applied and made no difference.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>The patch would have been applied, and nothing was saved, as the client asked for.</summary>
    public const string Validated = "validated";

    /// <summary>The patch was valid, and an endpoint of the application's own was called.</summary>
    public const string Accepted = "accepted";

    private const string Outcome = "patchgen.outcome";
    private const string Route = "http.route";

    private static readonly Counter<long> Patches = LibraryTelemetry.Meter.CreateCounter<long>(
        "patchgen.patches", "{patch}", "The patches that were received, by endpoint and outcome.");

    private static readonly Counter<long> Problems = LibraryTelemetry.Meter.CreateCounter<long>(
        "patchgen.problems", "{problem}", "The problems of rejected bodies, by endpoint and code.");

    private static readonly Counter<long> ChangedMembers = LibraryTelemetry.Meter.CreateCounter<long>(
        "patchgen.changed_members", "{member}", "The members that patches have changed, by endpoint and name.");

    /// <summary>Whether changed members are counted.</summary>
    public static bool CountsMembers => ChangedMembers.Enabled;

    /// <summary>Counts a patch that was not rejected.</summary>
    /// <param name="context">The request.</param>
    /// <param name="outcome">One of the constants.</param>
    public static void Record(HttpContext context, string outcome)
    {
        if (Patches.Enabled)
        {
            Patches.Add(1, new(Route, RouteOf(context)), new(Outcome, outcome));
        }

        Tag(context, outcome, error: null);
    }

    /// <summary>Counts a patch that was rejected, or failed with a 5xx.</summary>
    public static void Record(HttpContext context, PatchError error)
    {
        string outcome = error.Status < StatusCodes.Status500InternalServerError ? "rejected" : "failed";
        if (Patches.Enabled)
        {
            Patches.Add(
                1, new(Route, RouteOf(context)), new(Outcome, outcome), new(LibraryTelemetry.ErrorType, error.Code));
        }

        if (Problems.Enabled)
        {
            string? route = RouteOf(context);
            foreach (PatchProblem problem in error.Problems)
            {
                Problems.Add(1, new(Route, route), new("patchgen.problem.code", problem.Code));
            }
        }

        Tag(context, outcome, error.Code);
    }

    /// <summary>Counts the members that a patch has changed. Members of open objects are counted as one, without their names.</summary>
    public static void RecordMembers<TPatch>(HttpContext context, MemberSet<TPatch> changed)
        where TPatch : IPatch<TPatch>
    {
        string? route = RouteOf(context);
        foreach (PatchMember member in changed)
        {
            ChangedMembers.Add(1, new(Route, route), new("patchgen.member", member.Name));
        }
    }

    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    // The server's activity exists for the log as well, where nothing reads tags.
    private static void Tag(HttpContext context, string outcome, string? error)
    {
        if (LibraryTelemetry.Source.HasListeners() && context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            activity.SetTag(Outcome, outcome);
            if (error is not null)
            {
                activity.SetTag("patchgen.error.code", error);
            }
        }
    }
}
