namespace Layers.PatchGen.Host;

/// <summary>The settings do not let the host start. The message is for whoever starts it: which setting, what is wrong, what would be right.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
