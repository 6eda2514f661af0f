using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;
using SockSort.Host.Listening;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>listen</c>.</summary>
internal static class ListenKeys
{
    private static readonly OneOrMoreType<WebAddress> Addresses =
        new(ListenAddressType.One, "address, list of addresses, or off", none: "off");

    private static readonly ConfigurationKey<IReadOnlyList<WebAddress>> Sql = new(
        "sql", Addresses, "The SQL engine, as ksqlDB's REST API.")
    { Default = "http://127.0.0.1:8088", Example = "[http://127.0.0.1:8088, https://0.0.0.0:8089]" };

    private static readonly ConfigurationKey<IReadOnlyList<WebAddress>> Connect = new(
        "connect", Addresses, "The connectors, as Kafka Connect's REST API.")
    { Default = "http://127.0.0.1:8083", Example = "https://0.0.0.0:8083" };

    private static readonly ConfigurationKey<IReadOnlyList<WebAddress>> View = new(
        "view", Addresses, "The live view of the cameras.")
    { Default = "https://127.0.0.1:4000", Example = "https://0.0.0.0:4000" };

    private static readonly ConfigurationKey<string> ViewResolution = new(
        "view-resolution",
        new ChoiceType<string>([("480p", "480p"), ("720p", "720p"), ("1080p", "1080p")]),
        "Largest pictures of the live view, where a viewer asks for no other by ?resolution=.")
    { Default = "720p" };

    private static readonly ConfigurationKey<IReadOnlyList<WebAddress>> Endpoint = new(
        "endpoint", Addresses, "The model, as a SageMaker endpoint.")
    { Default = "off", Example = "http://127.0.0.1:8080" };

    private static readonly ConfigurationKey<string> Certificate = new(
        "certificate", PathType.One, "PEM file of the certificate of every https address, with what leads to its authority.")
    { DefaultWords = "one is made and kept in the data folder", Example = "server.pem" };

    private static readonly ConfigurationKey<string> Key = new(
        "key", PathType.One, "PEM file of that certificate's key, where it stands in a file of its own.")
    { Example = "server.key" };

    public static Section<ListenConfiguration> Section { get; } = new(
        [Sql, Connect, View, ViewResolution, Endpoint, Certificate, Key], Build)
    { Check = Check };

    private static ListenConfiguration Build(SectionValues values) => new()
    {
        Sql = values.Of(Sql) ?? [],
        Connect = values.Of(Connect) ?? [],
        View = values.Of(View) ?? [],
        ViewResolution = values.Of(ViewResolution)!,
        Endpoint = values.Of(Endpoint) ?? [],
        Certificate = values.Of(Certificate),
        Key = values.Of(Key),
    };

    private static void Check(SectionValues values)
    {
        if (values.Has(Key) && !values.Has(Certificate))
            values.Report(Key, "needs certificate", "name the file of the certificate that the key belongs to");
    }
}
