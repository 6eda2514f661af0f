using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;
using SockSort.Log;
using SockSort.Log.Opening;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort topic</c>: looks into the log, whether or not another process is writing it.</summary>
internal static class TopicCommand
{
    private static readonly Option<string> Data = DataOption.Create();

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line, for scripts" };

    private static readonly Argument<string> Topic = new("TOPIC") { Description = "Its name, as 'socksort topic list' shows it" };

    private static readonly Option<bool> FromBeginning = new("--from-beginning")
    {
        Description = "Begin with the oldest record, not with the next one that comes",
    };

    private static readonly Option<bool> ExitAtEnd = new("--exit-at-end")
    {
        Description = "End after the last record that is there, instead of waiting for more until Ctrl-C",
    };

    private static readonly Option<long?> Max = new("--max") { Description = "End after so many records", HelpName = "N" };

    private static readonly Option<int?> Partition = new("--partition") { Description = "Only this partition", HelpName = "P" };

    private static readonly Option<bool> Key = new("--key") { Description = "Print the key and a tab before each value" };

    private static readonly Option<TimeSpan?> Time = new("--time")
    {
        Description = "Remove records that are older, by their own time: 12h, 7d",
        CustomParser = value => Durations.ParseOption(value),
        HelpName = "T",
    };

    private static readonly Option<long?> Bytes = new("--bytes")
    {
        Description = "Remove the oldest records of a partition that takes more: 64MB, 1.5GB",
        CustomParser = value => Sizes.ParseOption(value),
        HelpName = "N",
    };

    private static readonly Option<bool> Everything = new("--everything") { Description = "Remove nothing" };

    public static Command Create()
    {
        var topic = new Command("topic", """
            Looks into the log's topics, and says how much of them is kept.

            Example:
              socksort topic list
              socksort topic retain data_mqtt --time 7d --bytes 1GB
              socksort topic print data_mqtt --from-beginning
            """);
        topic.Subcommands.Add(List());
        topic.Subcommands.Add(Print());
        topic.Subcommands.Add(Retain());
        return topic;
    }

    private static Command List()
    {
        var list = new Command("list", """
            Lists the topics with their partitions, records, first and last offset (counted from 0; of all partitions the lowest and
            highest), bytes on disk and how much is kept.

            Example:
              socksort topic list --data ./socksort-data --json
            """)
        {
            Data, Json,
        };
        list.SetAction(line =>
        {
            using var reader = DataFolder.OpenReader(line.GetRequiredValue(Data));
            TopicTable.Write(reader, line.GetValue(Json), Console.Out);
            return ExitCode.Done;
        });
        return list;
    }

    private static Command Retain()
    {
        var retain = new Command("retain", """
            Says how much of a topic is kept; what is beyond goes, the oldest first. Works while another process writes the log, which
            follows within seconds. The newest batch always stays.

            Example:
              socksort topic retain data_mqtt --time 7d --bytes 1GB
              socksort topic retain data_mqtt --everything
            """)
        {
            Topic, Data, Time, Bytes, Everything,
        };
        retain.Validators.Add(line =>
        {
            if (line.GetValue(Everything) == (line.GetValue(Time) is not null || line.GetValue(Bytes) is not null))
                line.AddError("give --time, --bytes or both, or else --everything");
        });
        retain.SetAction(line =>
        {
            DataFolder.SetRetention(
                line.GetRequiredValue(Data), line.GetRequiredValue(Topic), new TopicRetention(line.GetValue(Time), line.GetValue(Bytes)));
            return ExitCode.Done;
        });
        return retain;
    }

    private static Command Print()
    {
        var print = new Command("print", """
            Prints the values of a topic's records, one a line, and goes on with each new one until Ctrl-C, as kafka-console-consumer does.
            A record without value is printed as null.

            Example:
              socksort topic print data_mqtt --from-beginning
              socksort topic print data_mqtt --from-beginning --exit-at-end --json
            """)
        {
            Topic, Data, FromBeginning, ExitAtEnd, Max, Partition, Key, Json,
        };
        print.Validators.Add(line =>
        {
            if (line.GetValue(Max) < 1)
                line.AddError("--max must be 1 or more");
        });
        print.SetAction(async (line, cancellationToken) =>
        {
            using var reader = DataFolder.OpenReader(line.GetRequiredValue(Data));
            await using var output = Console.OpenStandardOutput();
            await new TopicPrinter(reader, line.GetRequiredValue(Topic), output)
            {
                FromBeginning = line.GetValue(FromBeginning),
                ExitAtEnd = line.GetValue(ExitAtEnd),
                MaxRecords = line.GetValue(Max) ?? long.MaxValue,
                Partition = line.GetValue(Partition),
                Format = FormatOf(line),
            }.RunAsync(cancellationToken);
            return ExitCode.Done;
        });
        return print;
    }

    private static RecordFormat FormatOf(ParseResult line)
    {
        if (line.GetValue(Json))
            return RecordFormat.Json;
        return line.GetValue(Key) ? RecordFormat.KeyAndValue : RecordFormat.Value;
    }
}
