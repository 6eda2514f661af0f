using SockSort.Connect.Configuration;

namespace SockSort.Connect.Classes;

/// <summary>
/// A class of connectors that deliver records of the log to an external system. The sink runner reads, keeps the offsets and retries; the
/// class only delivers.
/// </summary>
internal interface ISinkConnector : IConnectorClass
{
    ConnectorKind IConnectorClass.Kind => ConnectorKind.Sink;

    /// <summary>Checks what the check of single keys can't find.</summary>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    void Check(string name, ConfigValues values)
    {
    }

    /// <summary>Opens the destination of the records.</summary>
    /// <param name="state">What the last committed <see cref="ISinkTask.FlushAsync"/> returned; null at the first start.</param>
    /// <exception cref="ConnectException">The destination can't be opened; the caller retries.</exception>
    ISinkTask Open(string name, ConfigValues values, byte[]? state);
}
