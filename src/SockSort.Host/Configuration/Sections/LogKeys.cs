using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>log</c>.</summary>
internal static class LogKeys
{
    private static readonly ConfigurationKey<string> Address = new(
        "address",
        new ChoiceType<string>([("sqlite", "sqlite")]) { NotYet = NotYet },
        "Where the log is kept: sqlite is the data folder.")
    { Default = "sqlite" };

    public static Section<LogConfiguration> Section { get; } =
        new([Address], values => new LogConfiguration { Address = values.Of(Address) ?? "" });

    private static string? NotYet(string address) => address.StartsWith("kafka:", StringComparison.Ordinal)
        ? "this version keeps its log in the data folder: leave out log.address, or write sqlite"
        : null;
}
