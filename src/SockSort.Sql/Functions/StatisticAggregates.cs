using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <summary>AVG, STDDEV_SAMP, CORRELATION, SUM_LIST: running sums in DOUBLE slots.</summary>
internal sealed class StatisticAggregates : IAggregateFamily
{
    public string Title => "Statistics";

    public IEnumerable<AggregateFunction> Functions =>
    [
        new AggregateFunction("AVG", "the mean of the values that are not NULL; 0 without any") { HasStructuredState = true }
            .Nulls("NULLs are left out; 0 where all are")
            .Example("AVG(x)", "x INT", "1; NULL; 2", "1.5")
            .On("value DOUBLE", _ => SqlType.Double, _ => new Mean()),
        // The two names are so in ksqlDB: SAMP keeps an old mistake for old scripts (standarddeviation.json).
        new AggregateFunction("STDDEV_SAMP", "the sample variance; STDDEV_SAMPLE gives the deviation") { HasStructuredState = true }
            .Example("STDDEV_SAMP(x)", "x INT", "2; 4; 6", "4.0")
            .On("value DOUBLE", _ => SqlType.Double, _ => new Spread(isRoot: false)),
        new AggregateFunction("STDDEV_SAMPLE", "the sample standard deviation; 0 below two values") { HasStructuredState = true }
            .Example("STDDEV_SAMPLE(x)", "x INT", "2; 4; 6", "2.0")
            .On("value DOUBLE", _ => SqlType.Double, _ => new Spread(isRoot: true)),
        new AggregateFunction("CORRELATION", "Pearson's correlation of two columns; NaN without spread") { HasStructuredState = true }
            .Nulls("rows with a NULL are left out")
            .Example("CORRELATION(x, y)", "x INT, y INT", "1, 2; 2, 4; 3, 6", "1.0")
            .On("x DOUBLE, y DOUBLE", _ => SqlType.Double, _ => new Correlation()),
        new AggregateFunction("SUM_LIST", "the sum of all elements of arrays that are not NULL")
            .Nulls("NULL arrays and elements are left out")
            .Example("SUM_LIST(x)", "x ARRAY<INT>", "ARRAY[1, 2]; NULL; ARRAY[3]", "6")
            .On("values ARRAY<INTEGER>", _ => SqlType.Integer, _ => new SumList(SqlBaseType.Integer))
            .On("values ARRAY<BIGINT>", _ => SqlType.Bigint, _ => new SumList(SqlBaseType.Bigint))
            .On("values ARRAY<DOUBLE>", _ => SqlType.Double, _ => new SumList(SqlBaseType.Double)),
    ];

    /// <summary>Count and sum.</summary>
    private sealed class Mean : Accumulator
    {
        public override int Width => 2;

        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state.Fill(Slot.Of(0.0));

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0], sign: 1);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0], sign: -1);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            state[0] = Slot.Of(state[0].AsDouble + other[0].AsDouble);
            state[1] = Slot.Of(state[1].AsDouble + other[1].AsDouble);
        }

        public override Slot Result(ReadOnlySpan<Slot> state) =>
            Slot.Of(state[0].AsDouble == 0 ? 0 : state[1].AsDouble / state[0].AsDouble);

        private static void Change(Span<Slot> state, in Slot value, int sign)
        {
            if (value.IsNull)
                return;
            state[0] = Slot.Of(state[0].AsDouble + sign);
            state[1] = Slot.Of(state[1].AsDouble + (sign * value.AsDouble));
        }
    }

    /// <summary>Count, sum and sum of squared distances from the mean, updated without sums of squares, which lose their digits.</summary>
    private sealed class Spread(bool isRoot) : Accumulator
    {
        public override int Width => 3;

        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state.Fill(Slot.Of(0.0));

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (values[0].IsNull)
                return;
            var (count, sum) = (state[0].AsDouble + 1, state[1].AsDouble + values[0].AsDouble);
            Set(state, count, sum, state[2].AsDouble + Step(count, sum, values[0].AsDouble));
        }

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (values[0].IsNull)
                return;
            var (count, sum) = (state[0].AsDouble, state[1].AsDouble);
            Set(state, count - 1, sum - values[0].AsDouble, count <= 1 ? 0 : state[2].AsDouble - Step(count, sum, values[0].AsDouble));
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            var (n, m) = (state[0].AsDouble, other[0].AsDouble);
            if (m == 0)
                return;
            var distance = n == 0 ? 0 : (other[1].AsDouble / m) - (state[1].AsDouble / n);
            Set(state, n + m, state[1].AsDouble + other[1].AsDouble, state[2].AsDouble + other[2].AsDouble + (
                distance * distance * n * m / (n + m)));
        }

        public override Slot Result(ReadOnlySpan<Slot> state)
        {
            var variance = state[0].AsDouble < 2 ? 0 : state[2].AsDouble / (state[0].AsDouble - 1);
            return Slot.Of(isRoot ? Math.Sqrt(variance) : variance);
        }

        // Youngs and Cramer's update, as ksqlDB's (standarddeviation.json: the last digits differ with others).
        private static double Step(double count, double sum, double value) =>
            count < 2 ? 0 : Math.Pow((count * value) - sum, 2) / (count * (count - 1));

        private static void Set(Span<Slot> state, double count, double sum, double squares) =>
            (state[0], state[1], state[2]) = (Slot.Of(count), Slot.Of(sum), Slot.Of(squares));
    }

    /// <summary>n, sums of x, y, x², y², xy.</summary>
    private sealed class Correlation : Accumulator
    {
        public override int Width => 6;

        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state.Fill(Slot.Of(0.0));

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values, sign: 1);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values, sign: -1);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            for (var i = 0; i < state.Length; i++)
                state[i] = Slot.Of(state[i].AsDouble + other[i].AsDouble);
        }

        public override Slot Result(ReadOnlySpan<Slot> state)
        {
            var (n, x, y) = (state[0].AsDouble, state[1].AsDouble, state[2].AsDouble);
            var (xx, yy, xy) = (state[3].AsDouble, state[4].AsDouble, state[5].AsDouble);
            return Slot.Of(((n * xy) - (x * y)) / Math.Sqrt(((n * xx) - (x * x)) * ((n * yy) - (y * y))));
        }

        private static void Change(Span<Slot> state, ReadOnlySpan<Slot> values, int sign)
        {
            if (values[0].IsNull || values[1].IsNull)
                return;
            var (x, y) = (values[0].AsDouble, values[1].AsDouble);
            ReadOnlySpan<double> terms = [1, x, y, x * x, y * y, x * y];
            for (var i = 0; i < terms.Length; i++)
                state[i] = Slot.Of(state[i].AsDouble + (sign * terms[i]));
        }
    }

    private sealed class SumList(SqlBaseType type) : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = type == SqlBaseType.Double ? Slot.Of(0.0) : Slot.Of(0L);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0], sign: 1);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0], sign: -1);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) =>
            state[0] = type == SqlBaseType.Double ? Slot.Of(state[0].AsDouble + other[0].AsDouble) : Whole(state[0].Bits + other[0].Bits);

        private void Change(Span<Slot> state, in Slot value, int sign)
        {
            if (value.Ref is not SqlArray array)
                return;
            foreach (var item in array.OfType<IConvertible>())
            {
                state[0] = type == SqlBaseType.Double
                    ? Slot.Of(state[0].AsDouble + (sign * item.ToDouble(null)))
                    : Whole(state[0].Bits + (sign * item.ToInt64(null)));
            }
        }

        private Slot Whole(long sum) => Slot.Of(type == SqlBaseType.Integer ? unchecked((int)sum) : sum);
    }
}
