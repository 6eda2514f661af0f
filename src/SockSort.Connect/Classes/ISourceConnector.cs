namespace SockSort.Connect.Classes;

/// <summary>
/// A class of connectors that bring records into the log. Each plan's task writes them itself, and has them acknowledged when they are on
/// disk.
/// </summary>
internal interface ISourceConnector : IConnectorClass
{
    ConnectorKind IConnectorClass.Kind => ConnectorKind.Source;
}
