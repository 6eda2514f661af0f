namespace SockSort.Connect.Classes;

/// <summary>
/// A class of connectors that bring records into the log. The task of each plan writes them itself, and acknowledges them when they are on
/// disk.
/// </summary>
internal interface ISourceConnector : IConnectorClass
{
    ConnectorKind IConnectorClass.Kind => ConnectorKind.Source;
}
