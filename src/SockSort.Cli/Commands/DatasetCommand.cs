using System.CommandLine;
using SockSort.Cli.Commands.Dataset;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort dataset</c>: inspects and copies photos and record files.</summary>
internal static class DatasetCommand
{
    public static Command Create() => new("dataset", """
        Checks photos before they are taught, shows and unpacks record files, copies data to and from buckets.

        Example:
          socksort dataset check photos --html check.html
        """)
    {
        DatasetCheckCommand.Create(),
        DatasetShowCommand.Create(),
        DatasetUnpackCommand.Create(),
        DatasetCopyCommand.Create(),
    };
}
