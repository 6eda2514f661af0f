using System.Globalization;

namespace SockSort.Log.Sharing;

/// <summary>The owner of state that belongs to one partition, and goes where that goes: <c>NAME#PARTITION</c>.</summary>
public static class SharedOwner
{
    public static string Of(string name, int partition) => string.Create(CultureInfo.InvariantCulture, $"{name}#{partition}");

    /// <summary>The partition that an owner's state belongs to; 0 where it names none.</summary>
    public static int PartitionOf(string owner)
    {
        var mark = owner.LastIndexOf('#');
        return mark >= 0 && int.TryParse(owner.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            ? partition
            : 0;
    }
}
