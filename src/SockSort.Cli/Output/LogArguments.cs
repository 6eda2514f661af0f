using System.CommandLine;
using Microsoft.Extensions.Logging;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Logging;

namespace SockSort.Cli.Output;

/// <summary>The options <c>--log-level</c> and <c>--log-format</c> of every command that runs parts.</summary>
/// <param name="usual">The default level; None for commands that report events in a way of their own.</param>
/// <param name="informationCategory">A category that is logged from information on if no level is given.</param>
internal sealed class LogArguments(LogLevel usual = LogLevel.Information, string? informationCategory = null)
{
    private readonly Option<LogLevel?> _level = new("--log-level")
    {
        Description = $"Least level of what is logged to standard error: {ListOf(Enum.GetNames<LogLevel>())}",
        HelpName = "LEVEL",
    };

    private readonly Option<LogFormat?> _format = new("--log-format")
    {
        Description = $"Form of a log line: {ListOf(Enum.GetNames<LogFormat>())} (one object a line)",
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

    /// <summary>The configured options, unless the command line overrides them.</summary>
    public LogOptions Of(ParseResult line, LoggingConfiguration configured) => new()
    {
        Level = line.GetValue(_level) ?? configured.Level,
        Format = line.GetValue(_format) ?? configured.Format,
        OpenTelemetry = configured.OpenTelemetry,
    };

    private static string ListOf(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}".ToLowerInvariant();
}
