using System.Globalization;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>Prints a topic's partitions, as columns or as JSON.</summary>
internal static class PartitionTable
{
    private static readonly string[] Titles = ["partition", "records", "first", "last", "bytes"];

    public static void Write(IReadOnlyList<PartitionInfo> partitions, bool asJson, TextWriter into)
    {
        if (asJson)
        {
            foreach (var partition in partitions)
                into.WriteLine(Json(partition));
            return;
        }
        Columns.Write([Titles, .. partitions.Select(Cells)], isNamed: false, into);
    }

    private static string[] Cells(PartitionInfo partition)
    {
        var isEmpty = partition.Records == 0;
        return
        [
            Text(partition.Partition),
            Text(partition.Records),
            isEmpty ? "-" : Text(partition.FirstOffset),
            isEmpty ? "-" : Text(partition.EndOffset - 1),
            partition.LengthBytes is { } length ? Text(length) : "-",
        ];
    }

    private static string Json(PartitionInfo partition) => JsonSerializer.Serialize(new
    {
        partition = partition.Partition,
        records = partition.Records,
        first = partition.Records == 0 ? null : (long?)partition.FirstOffset,
        last = partition.Records == 0 ? null : (long?)partition.EndOffset - 1,
        bytes = partition.LengthBytes,
    });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
