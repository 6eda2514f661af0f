using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Puts a joined row together from the rows of both sides; a missing side leaves NULLs.</summary>
/// <param name="length">Slots of the joined row.</param>
/// <param name="left">From slots of the left row to slots of the joined one.</param>
/// <param name="syntheticSlot">Where the key's value goes that no source column holds; -1 for nowhere.</param>
internal sealed class JoinedRow(int length, (int From, int To)[] left, (int From, int To)[] right, int syntheticSlot)
{
    public int Length => length;

    public Slot[] Fill(Slot[] target, Slot[]? leftRow, Slot[]? rightRow, Slot[] key)
    {
        Copy(left, leftRow, target);
        Copy(right, rightRow, target);
        if (syntheticSlot >= 0)
            target[syntheticSlot] = key[0];
        return target;
    }

    private static void Copy((int From, int To)[] copies, Slot[]? row, Slot[] target)
    {
        foreach (var (from, to) in copies)
            target[to] = row is null ? default : row[from];
    }
}
