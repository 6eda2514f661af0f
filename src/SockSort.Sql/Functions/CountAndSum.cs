using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <summary>COUNT, SUM, MIN, MAX.</summary>
internal sealed class CountAndSum : IAggregateFamily
{
    public string Title => "Aggregates";

    public IEnumerable<AggregateFunction> Functions =>
    [
        new AggregateFunction("COUNT", "the number of rows, or of rows whose argument is not NULL")
            .Nulls("COUNT(*) counts rows with NULLs too; 0 for a group whose values are all NULL")
            .Example("COUNT(*)", "x INT", "1; NULL; 3", "3")
            .Example("COUNT(x)", "x INT", "1; NULL; 3", "2")
            .On("", _ => SqlType.Bigint, _ => new CountRows())
            .On("value ANY", _ => SqlType.Bigint, _ => new CountValues()),
        new AggregateFunction("SUM", "the sum of the values that are not NULL; 0 without any")
            .Nulls("NULLs are left out; 0 where all are")
            .Example("SUM(x)", "x INT", "1; NULL; 3", "4")
            .Example("SUM(x)", "x DOUBLE", "0.5; 1.0", "1.5")
            .On("value INTEGER", _ => SqlType.Integer, _ => new SumWhole(isInteger: true))
            .On("value BIGINT", _ => SqlType.Bigint, _ => new SumWhole(isInteger: false))
            .On("value DOUBLE", _ => SqlType.Double, _ => new SumDouble())
            .On("value DECIMAL", types => types[0], call => new SumDecimal((DecimalType)call.Types[0])),
        Ordered(new("MIN", "the smallest value that is not NULL"), wantsLarger: false)
            .Nulls("NULLs are left out; NULL where all are")
            .Example("MIN(x)", "x INT", "3; NULL; 1", "1"),
        Ordered(new("MAX", "the largest value that is not NULL"), wantsLarger: true)
            .Nulls("NULLs are left out; NULL where all are")
            .Example("MAX(x)", "x STRING", "'left'; 'right'; NULL", "right"),
    ];

    /// <summary>Forms for all types that have an order.</summary>
    private static AggregateFunction Ordered(AggregateFunction function, bool wantsLarger)
    {
        foreach (var type in (string[])["INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "STRING", "BYTES", "DATE", "TIME", "TIMESTAMP"])
            _ = function.On($"value {type}", types => types[0], call => new Extreme(call.Types[0].Base, wantsLarger));
        return function;
    }

    private sealed class CountRows : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(0L);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => state[0].Bits++;

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => state[0].Bits--;

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => state[0].Bits += other[0].Bits;
    }

    private sealed class CountValues : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(0L);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => state[0].Bits += values[0].IsNull ? 0 : 1;

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => state[0].Bits -= values[0].IsNull ? 0 : 1;

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => state[0].Bits += other[0].Bits;
    }

    /// <summary>Wraps around at the type's limits, as Java's integers do.</summary>
    private sealed class SumWhole(bool isInteger) : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(0L);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0].IsNull ? 0 : values[0].Bits);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0].IsNull ? 0 : -values[0].Bits);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => Change(state, other[0].Bits);

        private void Change(Span<Slot> state, long by) =>
            state[0].Bits = isInteger ? unchecked((int)(state[0].Bits + by)) : unchecked(state[0].Bits + by);
    }

    private sealed class SumDouble : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(0.0);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (!values[0].IsNull)
                state[0] = Slot.Of(state[0].AsDouble + values[0].AsDouble);
        }

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (!values[0].IsNull)
                state[0] = Slot.Of(state[0].AsDouble - values[0].AsDouble);
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => state[0] = Slot.Of(state[0].AsDouble + other[0].AsDouble);
    }

    private sealed class SumDecimal(DecimalType type) : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(new BigDecimal(0, type.Scale));

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0], sign: 1);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0], sign: -1);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => Change(state, other[0], sign: 1);

        // sum.json: sum decimal with overflow.
        private void Change(Span<Slot> state, Slot value, int sign)
        {
            if (value.Ref is not BigDecimal number)
                return;
            var sum = (BigDecimal)state[0].Ref! + (sign > 0 ? number : -number);
            state[0] = sum.Precision - sum.Scale > type.Precision - type.Scale
                ? throw new FunctionException($"numeric field overflow: {sum} does not fit into {type}")
                : Slot.Of(sum.WithScale(type.Scale));
        }
    }

    private sealed class Extreme(SqlBaseType type, bool wantsLarger) : Accumulator
    {
        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Take(state, values[0]);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => Take(state, other[0]);

        private void Take(Span<Slot> state, in Slot value)
        {
            if (value.IsNull)
                return;
            if (state[0].IsNull || SlotOrder.Compare(type, value, state[0]) > 0 == wantsLarger)
                state[0] = value;
        }
    }
}
