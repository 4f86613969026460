namespace Layers.PatchGen.Host;

/// <summary>
/// The host cannot start with these settings. The message is for the operator: which setting, what is wrong, what would be right.
/// </summary>
public sealed class SettingsException : Exception
{
    public SettingsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
