using SockSort.Log;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>Collects what has changed in a query's state since its last commit, as entries of key and value.</summary>
/// <remarks>
/// A key is the operator's number, the part of its state, and what the operator says; so entries of one operator never meet another's.
/// </remarks>
internal sealed class StateWriter
{
    private readonly List<StateChange> _changes = [];
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;
    private readonly string _owner;
    private int _operator;

    /// <param name="owner">The query's id.</param>
    public StateWriter(string owner) => (_owner, _writer) = (owner, new BinaryWriter(_bytes));

    /// <summary>The entries that have changed, for the commit.</summary>
    public IReadOnlyList<StateChange> Changes => _changes;

    /// <summary>Names the operator whose entries follow.</summary>
    public void ForOperator(int number) => _operator = number;

    /// <param name="part">The number of the store among the operator's.</param>
    /// <param name="key">Writes what follows in the key.</param>
    /// <param name="value">Writes the value.</param>
    public void Put(byte part, Action<BinaryWriter> key, Action<BinaryWriter> value)
    {
        var keyBytes = KeyOf(part, key);
        _changes.Add(new(_owner, keyBytes, BytesOf(value)));
    }

    /// <inheritdoc cref="Put(byte, Action{BinaryWriter}, Action{BinaryWriter})"/>
    public void Put(byte part, Slot[] key, Action<BinaryWriter> value) => Put(part, into => ValueCodec.Write(into, key), value);

    /// <summary>An entry with a number for its key; entries lie in the order of their numbers.</summary>
    public void Put(byte part, long number, Action<BinaryWriter> value) => Put(part, into => into.WriteOrdered(number), value);

    /// <summary>An entry that there is one of.</summary>
    public void Put(byte part, Action<BinaryWriter> value) => Put(part, _ => { }, value);

    /// <summary>Removes an entry, whether it has been kept or not.</summary>
    public void Remove(byte part, Action<BinaryWriter> key) => _changes.Add(new(_owner, KeyOf(part, key), null));

    /// <inheritdoc cref="Remove(byte, Action{BinaryWriter})"/>
    public void Remove(byte part, Slot[] key) => Remove(part, into => ValueCodec.Write(into, key));

    /// <inheritdoc cref="Remove(byte, Action{BinaryWriter})"/>
    public void Remove(byte part, long number) => Remove(part, into => into.WriteOrdered(number));

    private byte[] KeyOf(byte part, Action<BinaryWriter> key) => BytesOf(into =>
    {
        into.Write7BitEncodedInt(_operator);
        into.Write(part);
        key(into);
    });

    private byte[] BytesOf(Action<BinaryWriter> write)
    {
        _bytes.SetLength(0);
        write(_writer);
        _writer.Flush();
        return _bytes.ToArray();
    }
}
