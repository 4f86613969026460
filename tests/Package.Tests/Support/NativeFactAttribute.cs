namespace Layers.PatchGen.Package.Tests.Support;

/// <summary>A fact that compiles native code; skipped where the linker that the compiler calls is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux() || !folders.Any(static folder => File.Exists(Path.Combine(folder, "clang"))))
        {
            Skip = "Native code is compiled on Linux with the packages clang and zlib1g-dev.";
        }
    }
}
