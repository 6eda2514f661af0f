using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;

namespace SockSort.Cli.Commands.Topic;

/// <summary><c>socksort topic print</c>: prints records as they are appended, like <c>kafka-console-consumer</c>.</summary>
internal static class TopicPrintCommand
{
    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<bool> FromBeginning = new("--from-beginning")
    {
        Description = "Begin with the oldest record, not with the next one that comes",
    };

    private static readonly Option<TopicStart?> Offset = new("--offset")
    {
        Description = "Begin there: an offset, earliest or latest",
        CustomParser = ParseStart,
        HelpName = "N",
    };

    private static readonly Option<string?> Group = new("--group")
    {
        Description = "Begin where this consumer of the log has come to, a query's or connector's name; nothing is noted down for it",
        HelpName = "NAME",
    };

    private static readonly Option<bool> ExitAtEnd = new("--exit-at-end")
    {
        Description = "End after the last record that is there, instead of waiting for more until Ctrl-C",
    };

    private static readonly Option<long?> Max = new("--max", "--max-messages")
    {
        Description = "End after so many records",
        HelpName = "N",
    };

    private static readonly Option<int?> Partition = new("--partition") { Description = "Only this partition", HelpName = "P" };

    private static readonly Option<bool> Key = new("--key") { Description = "Print the key and a tab before each value" };

    private static readonly Option<string[]> Property = new("--property", "--formatter-property")
    {
        Description = $"As of kafka-console-consumer, NAME=VALUE: {string.Join(", ", LineFormat.Properties)}; may be given several times",
        DefaultValueFactory = _ => [],
        HelpName = "NAME=VALUE",
        Validators = { CheckProperties },
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line, for scripts" };

    public static Command Create()
    {
        var print = new Command("print", """
            Prints the values of a topic's records, one a line, and goes on with each new one until Ctrl-C, as kafka-console-consumer does.
            A record without value is printed as null.

            Example:
              socksort topic print data_mqtt --from-beginning
              socksort topic print data_mqtt --offset 100 --max-messages 10 --property print.key=true --property print.timestamp=true
              socksort topic print data_mqtt --from-beginning --exit-at-end --json
            """)
        {
            TopicArgument.Name, Place.Data, Place.Log, FromBeginning, Offset, Group, ExitAtEnd, Max, Partition, Key, Property, Json,
        };
        print.Validators.Add(Check);
        print.SetAction(RunAsync);
        return print;
    }

    private static void Check(CommandResult line)
    {
        if (line.GetValue(Max) < 1)
            line.AddError("--max must be 1 or more");
        var starts = new Option[] { FromBeginning, Offset, Group }.Where(option => line.GetResult(option) is { Implicit: false }).ToList();
        if (starts.Count > 1)
            line.AddError($"{starts[0].Name} and {starts[1].Name} exclude each other: each says where to begin");
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        using var reader = Place.Of(line).OpenReader();
        await using var output = Console.OpenStandardOutput();
        await new TopicPrinter(reader, line.GetRequiredValue(TopicArgument.Name), output)
        {
            Start = StartOf(line),
            ExitAtEnd = line.GetValue(ExitAtEnd),
            MaxRecords = line.GetValue(Max) ?? long.MaxValue,
            Partition = line.GetValue(Partition),
            Format = FormatOf(line),
        }.RunAsync(cancellation);
        return ExitCode.Done;
    }

    private static TopicStart StartOf(ParseResult line)
    {
        if (line.GetValue(Group) is { } group)
            return TopicStart.OfConsumer(group);
        return line.GetValue(FromBeginning) ? TopicStart.Earliest : line.GetValue(Offset) ?? TopicStart.Latest;
    }

    private static IRecordFormat FormatOf(ParseResult line)
    {
        if (line.GetValue(Json))
            return new JsonFormat();
        var format = new LineFormat { PrintsKey = line.GetValue(Key) };
        foreach (var property in line.GetRequiredValue(Property))
            _ = format.TrySet(property);
        return format;
    }

    private static void CheckProperties(OptionResult given)
    {
        foreach (var token in given.Tokens)
        {
            if (!new LineFormat().TrySet(token.Value))
            {
                given.AddError(
                    $"{given.Option.Name} '{token.Value}' is none of {string.Join(", ", LineFormat.Properties)}, as print.key=true");
            }
        }
    }

    private static TopicStart? ParseStart(ArgumentResult argument)
    {
        if (TopicStart.TryParse(argument.Tokens[0].Value, out var start))
            return start;
        argument.AddError($"--offset '{argument.Tokens[0].Value}' is no offset, expected a number from 0, earliest or latest");
        return null;
    }
}
