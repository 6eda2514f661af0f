using SockSort.Connect.Configuration;

namespace SockSort.Connect.Classes;

/// <summary>
/// A class of connectors that carry records out of the log. Reading, offsets and trying again are not its work: it gets records and puts
/// them where they go.
/// </summary>
internal interface ISinkConnector : IConnectorClass
{
    ConnectorKind IConnectorClass.Kind => ConnectorKind.Sink;

    /// <summary>Checks what the keys alone do not tell.</summary>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    void Check(string name, ConfigValues values)
    {
    }

    /// <summary>Opens the place where the records go.</summary>
    /// <param name="state">What the last <see cref="ISinkTask.FlushAsync"/> that was committed gave; null at the first start.</param>
    /// <exception cref="ConnectException">It cannot be opened; it is tried again.</exception>
    ISinkTask Open(string name, ConfigValues values, byte[]? state);
}
