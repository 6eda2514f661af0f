using SockSort.Log;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Tests.State;

/// <summary>
/// Blocks of groups against a plain list: whatever changes, grows and goes, what is restored is what was there, in its order.
/// </summary>
public sealed class KeptGroupsTests
{
    private const byte Part = 1;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 5_000)]
    [InlineData(3, 40_000)]
    public void What_is_restored_is_what_was_there_in_the_order_in_which_it_came(int seed, int longest)
    {
        var random = new Random(seed);
        var (entries, kept, groups) = (
            new SortedDictionary<string, byte[]>(StringComparer.Ordinal), new KeptGroups(Part), new List<GroupState>());
        kept.KeepState();

        for (var round = 0; round < 60; round++)
        {
            Change(random, kept, groups, longest);
            Save(kept, entries);
            if (round % 7 == 6)
                (kept, groups) = Restored(entries, groups);
            Assert.Equal(groups.Select(Shown), Restored(entries, groups).Groups.Select(Shown));
        }
    }

    [Fact]
    public void Of_groups_that_are_gone_nothing_is_left()
    {
        var (entries, kept, groups) = (
            new SortedDictionary<string, byte[]>(StringComparer.Ordinal), new KeptGroups(Part), new List<GroupState>());
        kept.KeepState();
        groups.AddRange(Enumerable.Range(0, 200).Select(i => Add(kept, i, new string('x', 40 * i))));
        Save(kept, entries);
        var before = entries.Count;

        groups.ForEach(kept.Dropped);
        Save(kept, entries);

        Assert.InRange(before, 2, 1000);
        Assert.Empty(entries);
    }

    [Fact]
    public void A_small_change_writes_one_entry_and_no_change_none()
    {
        var (kept, groups) = (new KeptGroups(Part), new List<GroupState>());
        kept.KeepState();
        for (var i = 0; i < 1000; i++)
            groups.Add(Add(kept, i, "value"));
        _ = Changes(kept);

        kept.Changed(groups[500]);
        kept.Changed(groups[501]);
        var (once, again) = (Changes(kept), Changes(kept));

        Assert.Single(once);
        Assert.Empty(again);
    }

    private static void Change(Random random, KeptGroups kept, List<GroupState> groups, int longest)
    {
        for (var i = random.Next(150); i > 0; i--)
            groups.Add(Add(kept, random.Next(), Text(random, longest)));
        for (var i = random.Next(30); i > 0 && groups.Count > 0; i--)
        {
            var group = groups[random.Next(groups.Count)];
            group.Slots[0] = Slot.Of(Text(random, longest));
            group.Timestamp++;
            kept.Changed(group);
        }
        // Mostly the oldest, as windows go.
        for (var i = random.Next(140); i > 0 && groups.Count > 0; i--)
        {
            var at = random.Next(4) == 0 ? random.Next(groups.Count) : 0;
            kept.Dropped(groups[at]);
            groups.RemoveAt(at);
        }
    }

    private static GroupState Add(KeptGroups kept, long start, string value)
    {
        var state = new GroupState([Slot.Of($"key {start}"), Slot.Of(start)], width: 1) { Start = start, Timestamp = start + 3 };
        state.Slots[0] = Slot.Of(value);
        kept.Changed(state);
        return state;
    }

    private static void Save(KeptGroups kept, SortedDictionary<string, byte[]> entries)
    {
        foreach (var change in Changes(kept))
        {
            if (change.Value is null)
                Assert.True(entries.Remove(Convert.ToHexString(change.Key)));
            else
                entries[Convert.ToHexString(change.Key)] = change.Value;
        }
    }

    private static IReadOnlyList<StateChange> Changes(KeptGroups kept)
    {
        var writer = new StateWriter("query");
        writer.ForOperator(3);
        kept.SaveChanges(writer);
        return writer.Changes;
    }

    /// <summary>Those of the groups that are still there; a block may hold more, of windows that are over.</summary>
    private static (KeptGroups Kept, List<GroupState> Groups) Restored(SortedDictionary<string, byte[]> entries, List<GroupState> alive)
    {
        var (kept, groups, wanted) = (new KeptGroups(Part), new List<GroupState>(), alive.Select(group => group.Start).ToHashSet());
        foreach (var (key, value) in entries)
        {
            using var keyBytes = new BinaryReader(new MemoryStream(Convert.FromHexString(key)));
            Assert.Equal((3, Part), (keyBytes.Read7BitEncodedInt(), keyBytes.ReadByte()));
            using var valueBytes = new BinaryReader(new MemoryStream(value));
            groups.AddRange(kept.Restore(keyBytes, valueBytes));
        }
        kept.KeepState();
        foreach (var over in groups.Where(group => !wanted.Contains(group.Start)).ToList())
        {
            kept.Dropped(over);
            _ = groups.Remove(over);
        }
        return (kept, groups);
    }

    private static string Text(Random random, int longest) => new((char)random.Next('a', 'z'), random.Next(longest));

    private static string Shown(GroupState state) =>
        $"{state.Key[0].Ref} {state.Key[1].Bits} {state.Start} {state.Timestamp} "
            + $"{((string)state.Slots[0].Ref!).Length}{state.Slots[0].Ref!.ToString()!.FirstOrDefault()}";
}
