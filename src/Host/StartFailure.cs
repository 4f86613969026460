using System.Net.Sockets;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Host;

/// <summary>Why the host cannot start, in a sentence, where the remedy lies with whoever starts it.</summary>
internal static class StartFailure
{
    private const string Another = "Choose another address, such as --urls http://localhost:5081";

    /// <returns>What is wrong and what would be right; null for a failure of our own, of which the whole stack is wanted.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        SettingsException or OptionsValidationException => failure.Message,
        StoreUnavailableException store => DocumentStores.Explain(store),
        IOException { InnerException: AddressInUseException } => $"{Sentence(failure)} End what listens there, or choose another address, such as --urls http://localhost:5081",
        IOException { InnerException: SocketException } => $"{Sentence(failure)} {Another}",
        SocketException => $"Failed to bind to the address of urls: {Sentence(failure)} {Another}",
        _ => null,
    };

    private static string Sentence(Exception failure) => failure.Message.TrimEnd('.') + ".";
}
