using System.CommandLine;
using SockSort.Mqtt;

namespace SockSort.Cli.Recognition;

/// <summary><c>--mqtt-version</c>: for a broker that does not let find out which version of MQTT it speaks.</summary>
internal static class MqttVersionOption
{
    /// <remarks>
    /// Its value is read by <see cref="VersionOf"/>: the library takes no null from a parser of a value that may be null.
    /// </remarks>
    public static Option<string> Create() => new("--mqtt-version")
    {
        Description = $"Version of MQTT that the broker is spoken to in: {MqttVersions.Words} (the newest that it knows)",
        DefaultValueFactory = _ => "auto",
        HelpName = "version",
        Validators =
        {
            given =>
            {
                foreach (var token in given.Tokens.Where(token => !MqttVersions.TryParse(token.Value, out _)))
                    given.AddError($"--mqtt-version: '{token.Value}' is no version that is spoken here: {MqttVersions.Words}");
            },
        },
    };

    /// <returns>Null for <c>auto</c>.</returns>
    public static MqttVersion? VersionOf(this ParseResult line, Option<string> option) =>
        MqttVersions.TryParse(line.GetRequiredValue(option), out var version) ? version : null;
}
