namespace SockSort.Sql.Engine.Settings;

/// <summary>Called on the engine's thread about what it does; must be quick.</summary>
public interface IEngineObserver
{
    /// <summary>A query has taken a record, and everything it wrote because of it (and of the records with it) is in its topic.</summary>
    /// <param name="queryId"><c>CTAS_SOCK_STREAM_SMOOTHED_0</c>.</param>
    void Processed(string queryId, string topic, int partition, long offset);

    /// <summary>A query wrote rows.</summary>
    /// <param name="rows">The number of rows since the last call.</param>
    void Written(string queryId, long rows);
}
