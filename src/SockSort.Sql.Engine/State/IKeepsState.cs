namespace SockSort.Sql.Engine.State;

/// <summary>An operator whose state outlives the process.</summary>
/// <remarks>
/// After <see cref="KeepState"/> it remembers what changes, until <see cref="SaveChanges"/> is called. State, offsets and output of a query
/// are stored in one transaction, so that after a crash they are those of one moment.
/// </remarks>
internal interface IKeepsState
{
    /// <summary>Called once, before the first record.</summary>
    void KeepState();

    /// <summary>Writes the entries that have changed since the last call.</summary>
    void SaveChanges(StateWriter into);

    /// <summary>Takes one entry back, before the first record; entries come in the order of their keys' bytes.</summary>
    /// <param name="part">The number of the store among the operator's.</param>
    /// <param name="key">The key, read up to behind operator and part.</param>
    /// <param name="value">The value, at its start.</param>
    void Restore(byte part, BinaryReader key, BinaryReader value);
}
