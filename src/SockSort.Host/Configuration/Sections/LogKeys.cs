using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>log</c>.</summary>
internal static class LogKeys
{
    private static readonly ConfigurationKey<string> Address = new(
        "address",
        LogAddressType.One,
        "Where the log is kept: sqlite is the data folder, kafka://HOST:PORT is Kafka, with ?properties=FILE for a login.")
    { Default = LogAddressType.Sqlite };

    public static Section<LogConfiguration> Section { get; } =
        new([Address], values => new LogConfiguration { Address = values.Of(Address) ?? LogAddressType.Sqlite });
}
