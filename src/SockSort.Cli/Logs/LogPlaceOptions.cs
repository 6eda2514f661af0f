using System.CommandLine;
using SockSort.Cli.Output;

namespace SockSort.Cli.Logs;

/// <summary>The options that say where the log is.</summary>
/// <param name="description">What the command stores in the data folder.</param>
internal sealed class LogPlaceOptions(string description = "Folder of the log")
{
    public Option<string> Data { get; } = DataOption.Create(description);

    public Option<string?> Log { get; } = CreateLog(
        "Take Kafka as the log: kafka://HOST:PORT, with a login ?properties=FILE, further keys of librdkafka after '&'");

    public LogPlace Of(ParseResult line) => new(line.GetRequiredValue(Data), line.GetValue(Log));

    /// <summary>The option <c>--log</c> for an address of Kafka.</summary>
    public static Option<string?> CreateLog(string description) => new("--log")
    {
        Description = description,
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
}
