using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Planning;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Clients;

/// <summary>Turns changes into the rows that a client sees.</summary>
internal sealed class RowConverter
{
    private readonly SqlBaseType[] _types;

    // For each column the key's part it shows; -1 for values.
    private readonly int[] _keyParts;

    // For each column 'S' or 'E' where it shows the window's start or end; else 0.
    private readonly char[] _bounds;

    public RowConverter(PlannedQuery plan)
    {
        _types = [.. plan.Schema.Values.Select(column => column.Type.Base)];
        var keys = plan.Root.Keys;
        _bounds = [.. plan.Root.Values.Select(BoundOf)];
        _keyParts = [.. plan.Schema.Values.Select(column => KeyPartOf(column.Name, keys))];
    }

    /// <summary>The row of a change; null for a stream's record without value.</summary>
    public PushedRow? Convert(ref Change change)
    {
        var values = new object?[_types.Length];
        if (change.New is { } row)
        {
            for (var i = 0; i < values.Length; i++)
            {
                // A joined row's key may come from the side that its column does not belong to.
                values[i] = (_keyParts[i] >= 0 && change.Key is { } key ? key[_keyParts[i]] : row[i]).ToObject(_types[i]);
            }
            return new(values, IsTombstone: false);
        }
        if (change.Old is null || change.Key is null)
            return null;
        for (var i = 0; i < values.Length; i++)
        {
            if (_keyParts[i] >= 0)
                values[i] = change.Key[_keyParts[i]].ToObject(_types[i]);
            else if (_bounds[i] != '\0')
                values[i] = _bounds[i] == 'S' ? change.WindowStart : change.WindowEnd;
        }
        return new(values, IsTombstone: true);
    }

    /// <summary>Whether a column shows the start or end of its row's window.</summary>
    public static bool IsWindowBound(BoundExpression value, out bool isStart)
    {
        var name = (value as BoundColumn)?.Slot.Name;
        isStart = name == PseudoColumns.WindowStart;
        return isStart || name == PseudoColumns.WindowEnd;
    }

    private static char BoundOf(BoundExpression value)
    {
        if (!IsWindowBound(value, out var isStart))
            return '\0';
        return isStart ? 'S' : 'E';
    }

    private static int KeyPartOf(string column, IReadOnlyList<KeyPart> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Name == column)
                return i;
        }
        return -1;
    }
}
