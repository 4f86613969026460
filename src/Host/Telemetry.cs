using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Layers.PatchGen.Host;

/// <summary>Exports metrics and traces by OTLP.</summary>
internal static class Telemetry
{
    /// <summary>
    /// Exports if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. OpenTelemetry's other variables apply, such as <c>OTEL_SERVICE_NAME</c>,
    /// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> and <c>OTEL_TRACES_SAMPLER</c>.
    /// </summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("patchgen-host").AddEnvironmentVariableDetector())
            .WithMetrics(static metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Layers.PatchGen", "Npgsql"))
            .WithTracing(static traces => traces.AddAspNetCoreInstrumentation().AddSource("Layers.PatchGen", "Npgsql"))
            .UseOtlpExporter();
    }
}
