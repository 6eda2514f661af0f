namespace SockSort.Sql.Engine.BuiltIn;

/// <summary>The operator of a built-in query. Used by one thread at a time; asks for no time of day.</summary>
public interface IBuiltInStep
{
    /// <summary>Rough bytes of what it remembers.</summary>
    long StateBytes { get; }

    /// <summary>Takes a row. What it writes depends on the rows and their order alone.</summary>
    void Process(BuiltInRow row, IBuiltInOutput into);

    /// <summary>No row has come, and time goes on with the wall clock.</summary>
    /// <param name="streamTimeMs">The newest row's timestamp and the time since then, milliseconds since 1970.</param>
    /// <param name="into">Takes what it writes.</param>
    void AdvanceTime(long streamTimeMs, IBuiltInOutput into);

    /// <summary>Writes the entries of its state that have changed since the last call.</summary>
    void SaveChanges(IBuiltInState into);

    /// <summary>Takes one entry back, before the first row.</summary>
    void Restore(string key, BinaryReader value);
}
