using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;
using SockSort.Log;

namespace SockSort.Cli.Commands.Topic;

/// <summary><c>socksort topic produce</c>: appends one record for each line, like <c>kafka-console-producer</c>.</summary>
internal static class TopicProduceCommand
{
    private static readonly LogPlaceOptions Place = new();

    private static readonly Option<FileInfo?> File = new("--file")
    {
        Description = "Take the lines of this file, instead of standard input",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "Key of every record",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> KeySeparator = new("--key-separator")
    {
        Description = "Each line begins with its key, which this text parts from the value (a line without it is an error)",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> Null = new("--null-marker")
    {
        Description = "A value that is this text is none: of a table the key goes",
        HelpName = "TEXT",
    };

    private static readonly Option<string[]> Headers = new("--headers")
    {
        Description = "Headers of every record, as NAME:VALUE,NAME:VALUE",
        CustomParser = ParseHeaders,
        DefaultValueFactory = _ => [],
        HelpName = "NAME:VALUE",
    };

    private static readonly Option<int?> Partition = new("--partition")
    {
        Description = "Append to this partition; by default to that of each key, as Kafka's producers choose it",
        HelpName = "P",
    };

    private static readonly Option<long?> Timestamp = new("--timestamp")
    {
        Description = "Time of every record, in milliseconds since 1970 UTC; by default that of the append",
        HelpName = "MS",
    };

    public static Command Create()
    {
        var produce = new Command("produce", """
            Appends a record for each line, as kafka-console-producer does. All that it has taken is on disk when it ends. The topic is
            made, with one partition, where there is none. Another process that writes the log is named: it has the folder to itself.

            Example:
              echo '{"image": "Google", "probability": 97.4}' | socksort topic produce data_mqtt
              socksort topic produce data_mqtt --file socks.jsonl --headers camera:desk
              printf 'google;{"n": 2}\n' | socksort topic produce heaps --key-separator ';'
            """)
        {
            TopicArgument.Name, Place.Data, Place.Log, File, Key, KeySeparator, Null, Headers, Partition, Timestamp,
        };
        produce.Validators.Add(line =>
        {
            if (line.GetValue(Key) is not null && line.GetValue(KeySeparator) is not null)
                line.AddError("--key and --key-separator exclude each other: each says which key");
        });
        produce.SetAction(RunAsync);
        return produce;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        await using var log = Place.Of(line).Open();
        await using var input = line.GetValue(File)?.OpenRead() ?? Console.OpenStandardInput();
        var producer = new TopicProducer(log, line.GetRequiredValue(TopicArgument.Name), line.GetValue(Partition))
        {
            Key = line.GetValue(Key) is { } key ? Encoding.UTF8.GetBytes(key) : null,
            KeySeparator = line.GetValue(KeySeparator) is { } text ? Encoding.UTF8.GetBytes(text) : null,
            NullMarker = line.GetValue(Null) is { } marker ? Encoding.UTF8.GetBytes(marker) : null,
            Headers = [.. line.GetRequiredValue(Headers).Select(HeaderOf)],
            TimestampMs = line.GetValue(Timestamp),
        };
        var produced = await producer.RunAsync(input, cancellation);
        await line.InvocationConfiguration.Output.WriteLineAsync($"{produced}");
        return ExitCode.Done;
    }

    private static RecordHeader HeaderOf(string header)
    {
        var at = header.IndexOf(':');
        return new RecordHeader(header[..at], Encoding.UTF8.GetBytes(header[(at + 1)..]));
    }

    private static string[] ParseHeaders(ArgumentResult argument)
    {
        var headers = argument.Tokens.SelectMany(token => token.Value.Split(',')).ToArray();
        foreach (var header in headers.Where(header => header.IndexOf(':') < 1))
            argument.AddError($"--headers '{header}' is no header, expected NAME:VALUE");
        return headers;
    }
}
