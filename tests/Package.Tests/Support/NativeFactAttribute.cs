namespace Layers.PatchGen.Package.Tests.Support;

/// <summary>A fact that compiles native code; skipped with a reason where the linker that the compiler calls is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = Missing;

    /// <summary>What is missing; null for nothing.</summary>
    private static string? Missing => OperatingSystem.IsLinux() && Folders.Any(static folder => File.Exists(Path.Combine(folder, "clang")))
        ? null
        : "Native code is compiled on Linux with the packages clang and zlib1g-dev.";

    private static string[] Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
}
