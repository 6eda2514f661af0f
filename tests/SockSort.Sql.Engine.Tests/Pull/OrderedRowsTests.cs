using SockSort.Log;
using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Tests.Pull;

/// <summary>Rows in the order of their keys, beside a dictionary that is put in order.</summary>
public class OrderedRowsTests
{
    private readonly Random _dice = new(11);
    private readonly OrderedRows _rows = new();
    private readonly SortedDictionary<SqlBytes, KeptRow> _expected = [];

    [Fact]
    public void Whatever_is_set_and_removed_the_rows_are_those_of_a_sorted_dictionary()
    {
        for (var round = 0; round < 20; round++)
        {
            Change(steps: 1000, removals: round < 12 ? 0.2 : 0.9);

            Assert.Equal(_expected.Values, _rows.Take());
            Assert.Equal(_expected.Count, _rows.Count);
        }
    }

    [Fact]
    public void A_row_is_found_by_its_key_alone()
    {
        Change(steps: 3000, removals: 0.2);

        var keys = Enumerable.Range(0, 4000).Select(KeyOf).ToList();

        Assert.Equal(
            keys.Select(key => _expected.GetValueOrDefault(new SqlBytes(key))), keys.Select(key => _rows.Find(key)));
    }

    [Fact]
    public void What_was_taken_stays_as_it_was_whatever_changes_later()
    {
        Change(steps: 3000, removals: 0.2);
        var (taken, asItWas) = (_rows.Take(), _expected.Values.ToList());
        using var reader = taken.GetEnumerator();
        Assert.True(reader.MoveNext());

        Change(steps: 3000, removals: 0.6);
        var later = _rows.Take();

        Assert.Equal(asItWas, taken);
        Assert.True(reader.MoveNext());
        Assert.Equal(asItWas[1], reader.Current);
        Assert.Equal(_expected.Values, later);
    }

    private static byte[] KeyOf(int number) => [(byte)(number * 7), (byte)(number >> 8), .. new byte[number % 3]];

    private void Change(int steps, double removals)
    {
        for (var step = 0; step < steps; step++)
        {
            var key = KeyOf(_dice.Next(4000));
            var known = _expected.GetValueOrDefault(new SqlBytes(key));
            if (_dice.NextDouble() < removals)
            {
                Assert.Same(known, _rows.Remove(key));
                _ = _expected.Remove(new SqlBytes(key));
                continue;
            }
            var row = new KeptRow(key, new LogRecord(0, step, 0, key, null, RecordHeader.None));
            Assert.Same(known, _rows.Set(row));
            _expected[new SqlBytes(key)] = row;
        }
    }
}
