using SockSort.Log;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Planning;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.BuiltIn;

/// <summary>Runs a built-in query's operator: several inputs, each through a port of its own, and several outputs.</summary>
/// <param name="step">Does the work.</param>
/// <param name="sinks">Writes the outputs, in their order.</param>
internal sealed class BuiltInOperator(IBuiltInStep step, IReadOnlyList<TopicSink> sinks) : Operator, IKeepsState, IBuiltInOutput
{
    private const byte EntryPart = 0;

    private static readonly IReadOnlyList<RecordHeader> NoHeaders = [];

    public override long StateBytes => step.StateBytes;

    /// <summary>Where the rows of an input end.</summary>
    public Operator Port(int input, PlannedQuery plan) =>
        new InputPort(this, input, [.. plan.Schema.Values.Select(column => column.Type.Base)]);

    public override void Process(ref Change change) => throw new InvalidOperationException("rows come through a port");

    public override void AdvanceTime(long streamTime) => step.AdvanceTime(streamTime, this);

    public void Write(int output, string key, IReadOnlyList<object?>? values, long timestampMs)
    {
        var change = new Change
        {
            Key = [Slot.Of(key)],
            New = values is null ? null : [.. values.Select(Slot.FromObject)],
            Timestamp = timestampMs,
            Headers = NoHeaders,
        };
        sinks[output].Process(ref change);
    }

    public void KeepState()
    {
        // The step says by itself what has changed.
    }

    public void SaveChanges(StateWriter into) => step.SaveChanges(new Entries(into));

    public void Restore(byte part, BinaryReader key, BinaryReader value) => step.Restore(key.ReadString(), value);

    private void Process(int input, SqlBaseType[] types, ref Change change)
    {
        if (change.New is not { } row)
            return;
        var values = new object?[types.Length];
        for (var column = 0; column < values.Length; column++)
            values[column] = row[column].ToObject(types[column]);
        step.Process(new BuiltInRow(input, values, change.Timestamp), this);
    }

    private sealed class InputPort(BuiltInOperator into, int input, SqlBaseType[] types) : Operator
    {
        public override void Process(ref Change change) => into.Process(input, types, ref change);

        public override void AdvanceTime(long streamTime) => into.AdvanceTime(streamTime);
    }

    private sealed class Entries(StateWriter into) : IBuiltInState
    {
        public void Put(string key, Action<BinaryWriter> value) => into.Put(EntryPart, entry => entry.Write(key), value);

        public void Remove(string key) => into.Remove(EntryPart, entry => entry.Write(key));
    }
}
