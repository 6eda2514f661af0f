using SockSort.Sql.Engine.Results;

namespace SockSort.Dashboard.Watching;

/// <summary>What a statement gave. Rows may be added while a page reads them.</summary>
/// <param name="statement">The statement's text, without secrets.</param>
internal sealed class SqlAnswer(string statement)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<IReadOnlyList<string>> _rows = [];

    public string Statement => statement;

    /// <summary>A message; null for none.</summary>
    public string? Text { get; set; }

    /// <summary>Names of the columns of <see cref="Rows"/>.</summary>
    public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary>Tables beside the rows, as those of DESCRIBE.</summary>
    public IReadOnlyList<TableResult> Tables { get; set; } = [];

    /// <summary>A query whose operators are drawn; null for none.</summary>
    public ExplainedQuery? Explained { get; set; }

    /// <summary>Whether rows still come.</summary>
    public bool IsLive { get; set; }

    /// <summary>Rows that have come, also those that are no longer kept.</summary>
    public long Came { get; private set; }

    /// <summary>The newest rows, the newest last.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows
    {
        get
        {
            lock (_gate)
                return [.. _rows];
        }
    }

    /// <summary>Adds rows and forgets the oldest.</summary>
    public void Add(IReadOnlyList<IReadOnlyList<string>> rows, int most)
    {
        lock (_gate)
        {
            foreach (var row in rows)
                _ = _rows.AddLast(row);
            Came += rows.Count;
            while (_rows.Count > most)
                _rows.RemoveFirst();
        }
    }
}
