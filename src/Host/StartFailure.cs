using System.Net.Sockets;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Host;

/// <summary>Explains in one sentence why the host cannot start, where the operator can fix it.</summary>
internal static class StartFailure
{
    private const string ChooseAnother = "Choose another address, such as --urls http://localhost:5081";

    /// <returns>What is wrong and what would be right; null for other failures, which need their stack trace.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        OptionsValidationException options => DocumentStores.Explain(options) ?? options.Message,
        SettingsException => failure.Message,
        StoreUnavailableException store => DocumentStores.Explain(store),
        IOException { InnerException: AddressInUseException } =>
            $"{Sentence(failure)} Stop the process that listens there, or choose another address, such as --urls http://localhost:5081",
        IOException { InnerException: SocketException } => $"{Sentence(failure)} {ChooseAnother}",
        SocketException => $"Failed to bind to the address of urls: {Sentence(failure)} {ChooseAnother}",
        _ => null,
    };

    private static string Sentence(Exception failure) => failure.Message.TrimEnd('.') + ".";
}
