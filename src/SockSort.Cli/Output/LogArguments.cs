using System.CommandLine;
using Microsoft.Extensions.Logging;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Logging;

namespace SockSort.Cli.Output;

/// <summary><c>--log-level</c> and <c>--log-format</c>, of every command that runs parts.</summary>
/// <param name="usual">The level where none is given: a command that tells what happens in its own way logs nothing by itself.</param>
/// <param name="informationCategory">A category that is logged from information on if no level is given.</param>
internal sealed class LogArguments(LogLevel usual = LogLevel.Information, string? informationCategory = null)
{
    private readonly Option<LogLevel?> _level = new("--log-level")
    {
        Description = $"Least level of what is logged to standard error: {Words(Enum.GetNames<LogLevel>())}",
        HelpName = "LEVEL",
    };

    private readonly Option<LogFormat?> _format = new("--log-format")
    {
        Description = $"Form of a log line: {Words(Enum.GetNames<LogFormat>())} (one object a line)",
        HelpName = "FORMAT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_level);
        command.Options.Add(_format);
    }

    public HostLogging Open(ParseResult line)
    {
        var options = new LogOptions
        {
            Level = line.GetValue(_level) ?? usual,
            InformationCategory = line.GetValue(_level) is null ? informationCategory : null,
            Format = line.GetValue(_format) ?? LogFormat.Text,
        };
        return new HostLogging(options, line.InvocationConfiguration.Error);
    }

    /// <summary>As a file says, where the command line does not say otherwise.</summary>
    public LogOptions Of(ParseResult line, LoggingConfiguration configured) => new()
    {
        Level = line.GetValue(_level) ?? configured.Level,
        Format = line.GetValue(_format) ?? configured.Format,
        OpenTelemetry = configured.OpenTelemetry,
    };

    private static string Words(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}".ToLowerInvariant();
}
