using System.CommandLine;
using Microsoft.Extensions.Logging;
using SockSort.Host.Logging;

namespace SockSort.Cli.Output;

/// <summary><c>--log-level</c> and <c>--log-format</c>, of every command that runs parts.</summary>
/// <param name="usual">The level where none is given: a command that tells what happens in its own way logs nothing by itself.</param>
internal sealed class LogArguments(LogLevel usual)
{
    private readonly Option<LogLevel> _level = new("--log-level")
    {
        Description = "Least level of what is logged to standard error: trace, debug, information, warning, error or none",
        DefaultValueFactory = _ => usual,
        HelpName = "LEVEL",
    };

    private readonly Option<LogFormat> _format = new("--log-format")
    {
        Description = "Form of a log line: text for people, json for programs",
        DefaultValueFactory = _ => LogFormat.Text,
        HelpName = "FORMAT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_level);
        command.Options.Add(_format);
    }

    public HostLogging Open(ParseResult line) => new(
        new LogOptions { Level = line.GetValue(_level), Format = line.GetValue(_format) }, line.InvocationConfiguration.Error);
}
