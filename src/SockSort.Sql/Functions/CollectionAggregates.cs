using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <summary>
/// Aggregates that keep values: COLLECT_LIST, COLLECT_SET, COUNT_DISTINCT, HISTOGRAM, TOPK, TOPKDISTINCT, EARLIEST and LATEST_BY_OFFSET,
/// ATTR.
/// </summary>
internal sealed class CollectionAggregates : IAggregateFamily
{
    // ksqlDB's limits for one group's list and map.
    private const int MaxItems = 1000;

    public string Title => "Collections";

    public IEnumerable<AggregateFunction> Functions =>
    [
        new AggregateFunction("COLLECT_LIST", "an array of the values of the group, at most 1000, in order") { HasStructuredState = true }
            .Nulls("NULLs are collected too")
            .Example("COLLECT_LIST(x)", "x INT", "1; 2; NULL; 1", "[1, 2, null, 1]")
            .On(
                "value ANY", types => SqlType.ArrayOf(types[0]),
                call => new CollectList(call.Types[0].Base, call.Limit("collect_list", MaxItems))),
        new AggregateFunction("COLLECT_SET", "an array of the different values of the group, at most 1000, in order")
        {
            HasStructuredState = true,
        }
            .Nulls("NULL is collected too, once")
            .Example("COLLECT_SET(x)", "x INT", "1; 2; NULL; 1", "[1, 2, null]")
            .On(
                "value ANY", types => SqlType.ArrayOf(types[0]),
                call => new CollectSet(call.Types[0].Base, call.Limit("collect_set", MaxItems))),
        new AggregateFunction("COUNT_DISTINCT", "the number of different values that are not NULL") { HasStructuredState = true }
            .Nulls("NULLs are left out; 0 where all are")
            .Example("COUNT_DISTINCT(x)", "x INT", "1; 2; NULL; 1", "2")
            .On("value ANY", _ => SqlType.Bigint, call => new CountDistinct(call.Types[0].Base)),
        new AggregateFunction("HISTOGRAM", "how often each value occurs, at most 1000 different ones") { HasStructuredState = true }
            .Nulls("NULLs are left out")
            .Example("HISTOGRAM(x)", "x STRING", "'left'; 'right'; 'left'", "{left=2, right=1}")
            .On("value STRING", _ => SqlType.MapOf(SqlType.String, SqlType.Bigint), _ => new Histogram()),
        new AggregateFunction("TOPK", "the k largest values, largest first; with further columns, structs of them")
        {
            HasStructuredState = true,
        }
            .Nulls("NULLs are left out")
            .Example("TOPK(x, 2)", "x INT", "3; 7; 5; 7", "[7, 7]")
            .Example("TOPK(x, y, 1)", "x INT, y STRING", "3, 'a'; 7, 'b'", "[Struct{sort_col=7,col0=b}]")
            .On("value ANY, k INTEGER", types => SqlType.ArrayOf(types[0]), call => new TopK(call, isDistinct: false))
            .On("value ANY, more ANY...", TopRowType, call => new TopK(call, isDistinct: false)),
        new AggregateFunction("TOPKDISTINCT", "the k largest different values, largest first") { HasStructuredState = true }
            .Nulls("NULLs are left out")
            .Example("TOPKDISTINCT(x, 2)", "x INT", "3; 7; 5; 7", "[7, 5]")
            .On("value ANY, k INTEGER", types => SqlType.ArrayOf(types[0]), call => new TopK(call, isDistinct: true)),
        new AggregateFunction(
            "EARLIEST_BY_OFFSET", "the first value, or the first n, of the group; NULLs are left out unless ignoreNulls is false")
        {
            HasStructuredState = true,
        }
            .Nulls("NULLs are left out unless ignoreNulls is false; NULL where all are")
            .Example("EARLIEST_BY_OFFSET(x)", "x INT", "NULL; 1; 2", "1")
            .Example("EARLIEST_BY_OFFSET(x, 2)", "x INT", "1; 2; 3", "[1, 2]")
            .On("value ANY", types => types[0], call => new FirstOrLast(call, isLast: false))
            .On("value ANY, ignoreNulls BOOLEAN", types => types[0], call => new FirstOrLast(call, isLast: false))
            .On("value ANY, n INTEGER", types => SqlType.ArrayOf(types[0]), call => new FirstOrLastN(call, isLast: false))
            .On(
                "value ANY, n INTEGER, ignoreNulls BOOLEAN", types => SqlType.ArrayOf(types[0]),
                call => new FirstOrLastN(call, isLast: false)),
        new AggregateFunction(
            "LATEST_BY_OFFSET", "the newest value, or the newest n, of the group; NULLs are left out unless ignoreNulls is false")
        {
            HasStructuredState = true,
        }
            .Nulls("NULLs are left out unless ignoreNulls is false; NULL where all are")
            .Example("LATEST_BY_OFFSET(x)", "x INT", "1; 2; NULL", "2")
            .Example("LATEST_BY_OFFSET(x, false)", "x INT", "1; 2; NULL", "null")
            .Example("LATEST_BY_OFFSET(x, 2)", "x INT", "1; 2; 3", "[2, 3]")
            .On("value ANY", types => types[0], call => new FirstOrLast(call, isLast: true))
            .On("value ANY, ignoreNulls BOOLEAN", types => types[0], call => new FirstOrLast(call, isLast: true))
            .On("value ANY, n INTEGER", types => SqlType.ArrayOf(types[0]), call => new FirstOrLastN(call, isLast: true))
            .On(
                "value ANY, n INTEGER, ignoreNulls BOOLEAN", types => SqlType.ArrayOf(types[0]),
                call => new FirstOrLastN(call, isLast: true)),
        new AggregateFunction("ATTR", "the value of the group if all its rows have the same, else NULL") { HasStructuredState = true }
            .Nulls("a NULL beside a value makes the result NULL")
            .Example("ATTR(x)", "x STRING", "'left'; 'left'", "left")
            .Example("ATTR(x)", "x STRING", "'left'; 'right'", "null")
            .On("value ANY", types => types[0], _ => new Attribute()),
    ];

    /// <summary>Names of the struct's fields are ksqlDB's, lower case (topk-group-by.json).</summary>
    private static ArrayType TopRowType(IReadOnlyList<SqlType> types) => SqlType.ArrayOf(TopRow(types));

    private static StructType TopRow(IReadOnlyList<SqlType> types) => SqlType.StructOf(
        types.Take(types.Count - 1).Select((type, i) => new StructField(i == 0 ? "sort_col" : $"col{i - 1}", type)));

    private static SqlArray ArrayIn(in Slot slot) => slot.Ref as SqlArray ?? SqlArray.Empty;

    private sealed class CollectList(SqlBaseType type, int most) : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(SqlArray.Empty);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            var list = ArrayIn(state[0]);
            if (list.Count < most)
                state[0] = Slot.Of(new SqlArray([.. list, values[0].ToObject(type)]));
        }

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            var list = ArrayIn(state[0]).ToList();
            _ = list.Remove(values[0].ToObject(type));
            state[0] = Slot.Of(new SqlArray(list));
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) =>
            state[0] = Slot.Of(new SqlArray([.. ArrayIn(state[0]).Concat(ArrayIn(other[0])).Take(most)]));
    }

    private sealed class CollectSet(SqlBaseType type, int most) : Accumulator
    {
        public override void Start(Span<Slot> state) => state[0] = Slot.Of(SqlArray.Empty);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            var (list, value) = (ArrayIn(state[0]), values[0].ToObject(type));
            if (list.Count < most && !list.Contains(value))
                state[0] = Slot.Of(new SqlArray([.. list, value]));
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) =>
            state[0] = Slot.Of(new SqlArray([.. ArrayIn(state[0]).Union(ArrayIn(other[0])).Take(most)]));
    }

    private sealed class CountDistinct(SqlBaseType type) : Accumulator
    {
        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (values[0].ToObject(type) is { } value)
                _ = SetIn(ref state[0]).Add(value);
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            if (other[0].Ref is HashSet<object> more)
                SetIn(ref state[0]).UnionWith(more);
        }

        public override Slot Result(ReadOnlySpan<Slot> state) => Slot.Of((long)((state[0].Ref as HashSet<object>)?.Count ?? 0));

        private static HashSet<object> SetIn(ref Slot slot) => (HashSet<object>)(slot.Ref ??= new HashSet<object>());
    }

    private sealed class Histogram : Accumulator
    {
        public override bool CanUndo => true;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(new SqlMap([]));

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0].Ref, by: 1);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(state, values[0].Ref, by: -1);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            foreach (var (key, count) in (SqlMap)other[0].Ref!)
                Change(state, key, (long)count!);
        }

        private static void Change(Span<Slot> state, object? value, long by)
        {
            if (value is null)
                return;
            var counts = new OrderedDictionary<object, object?>((SqlMap)state[0].Ref!);
            var now = (long)(counts.GetValueOrDefault(value) ?? 0L) + by;
            if (now <= 0)
                _ = counts.Remove(value);
            else if (counts.Count < MaxItems || counts.ContainsKey(value))
                counts[value] = now;
            state[0] = Slot.Of(new SqlMap(counts));
        }
    }

    /// <summary>The state is the result: an array, largest first.</summary>
    private sealed class TopK : Accumulator
    {
        private readonly SqlBaseType[] _types;
        private readonly StructType? _row;
        private readonly int _count;
        private readonly bool _isDistinct;

        public TopK(AggregateCall call, bool isDistinct)
        {
            _count = call.Constants[^1] is int count and > 0
                ? count
                : throw new FunctionException("the last argument of TOPK is a whole number above 0, written as a literal");
            _types = [.. call.Types.Take(call.Types.Count - 1).Select(type => type.Base)];
            _row = call.Types.Count > 2 ? TopRow(call.Types) : null;
            _isDistinct = isDistinct;
        }

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(SqlArray.Empty);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (values[0].IsNull)
                return;
            var row = values[..^1].ToArray();
            object? item = _row is null
                ? row[0].ToObject(_types[0])
                : new SqlStruct(_row, [.. row.Select((slot, i) => slot.ToObject(_types[i]))]);
            Insert(state, [item]);
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => Insert(state, ArrayIn(other[0]));

        // OrderBy keeps equal values in the order in which they came.
        private void Insert(Span<Slot> state, IEnumerable<object?> items)
        {
            var all = ArrayIn(state[0]).Concat(items);
            if (_isDistinct)
                all = all.Distinct();
            var sorted = all.Select(
                item => (Item: item, Key: Slot.FromObject(item is SqlStruct row && _row is not null ? row.Values[0] : item)))
                .Order(Comparer<(object? Item, Slot Key)>.Create((a, b) => SlotOrder.Compare(_types[0], b.Key, a.Key)));
            state[0] = Slot.Of(new SqlArray([.. sorted.Take(_count).Select(pair => pair.Item)]));
        }
    }

    /// <summary>Slot 0 the value, slot 1 its number in the order of arrival; NULL without one.</summary>
    private sealed class FirstOrLast(AggregateCall call, bool isLast) : Accumulator
    {
        private readonly bool _ignoresNulls = call.Constants.Count < 2 || call.Constants[1] is not false;

        // Sessions may be joined that came in another order than their times, some of them before a restart. A clock's ticks are far
        // ahead of the records, so that numbers go up over restarts too.
        private long _arrived = DateTime.UtcNow.Ticks;

        public override int Width => 2;

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if ((_ignoresNulls && values[0].IsNull) || (!isLast && !state[1].IsNull))
                return;
            state[0] = values[0];
            state[1] = Slot.Of(++_arrived);
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            if (!other[1].IsNull && (state[1].IsNull || (other[1].Bits > state[1].Bits) == isLast))
                other.CopyTo(state);
        }
    }

    private sealed class FirstOrLastN(AggregateCall call, bool isLast) : Accumulator
    {
        private readonly int _count = call.Constants[1] is int count and > 0
            ? count
            : throw new FunctionException("the number of values is a whole number above 0, written as a literal");
        private readonly bool _ignoresNulls = call.Constants.Count < 3 || call.Constants[2] is not false;
        private readonly SqlBaseType _type = call.Types[0].Base;

        public override void Start(Span<Slot> state) => state[0] = Slot.Of(SqlArray.Empty);

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values)
        {
            if (!_ignoresNulls || !values[0].IsNull)
                Append(state, [values[0].ToObject(_type)]);
        }

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) => Append(state, ArrayIn(other[0]));

        private void Append(Span<Slot> state, IEnumerable<object?> items)
        {
            var all = ArrayIn(state[0]).Concat(items);
            state[0] = Slot.Of(new SqlArray([.. isLast ? all.TakeLast(_count) : all.Take(_count)]));
        }
    }

    /// <summary>The state is a map from value to how often it is there.</summary>
    private sealed class Attribute : Accumulator
    {
        public override bool CanUndo => true;

        public override void Add(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(ref state[0], values[0], by: 1);

        public override void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) => Change(ref state[0], values[0], by: -1);

        public override void Merge(Span<Slot> state, ReadOnlySpan<Slot> other)
        {
            foreach (var (value, count) in other[0].Ref as Dictionary<Slot, long> ?? [])
                Change(ref state[0], value, count);
        }

        public override Slot Result(ReadOnlySpan<Slot> state) =>
            state[0].Ref is Dictionary<Slot, long> { Count: 1 } counts ? counts.Keys.First() : default;

        private static void Change(ref Slot state, in Slot value, long by)
        {
            var counts = (Dictionary<Slot, long>)(state.Ref ??= new Dictionary<Slot, long>(SlotComparer.Instance));
            var now = counts.GetValueOrDefault(value) + by;
            if (now <= 0)
                _ = counts.Remove(value);
            else
                counts[value] = now;
        }
    }
}
