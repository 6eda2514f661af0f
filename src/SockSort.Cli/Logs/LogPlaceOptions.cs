using System.CommandLine;
using SockSort.Cli.Output;

namespace SockSort.Cli.Logs;

/// <summary>The options that say where the log is.</summary>
/// <param name="description">What the command stores in the data folder.</param>
internal sealed class LogPlaceOptions(string description = "Folder of the log")
{
    public Option<string> Data { get; } = DataOption.Create(description);

    public Option<string?> Log { get; } = new("--log")
    {
        Description = "Take Kafka as the log: kafka://HOST:PORT, with a login ?properties=FILE, further keys of librdkafka after '&'",
        HelpName = "ADDRESS",
        Validators =
        {
            given =>
            {
                if (given.Tokens is [var token] && !token.Value.StartsWith("kafka://", StringComparison.OrdinalIgnoreCase))
                    given.AddError(
                        $"--log '{token.Value}' is no address of a log, expected kafka://HOST:PORT; a folder is named by --data");
            },
        },
    };

    public LogPlace Of(ParseResult line) => new(line.GetRequiredValue(Data), line.GetValue(Log));
}
