using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>broker</c>.</summary>
internal static class BrokerKeys
{
    private const int MostRate = 1_000_000;

    private static readonly ConfigurationKey<IReadOnlyList<BrokerListenAddress>> Listen = new(
        "listen",
        new OneOrMoreType<BrokerListenAddress>(BrokerAddressType.One, "[ws://]ADDRESS[:PORT], or a list of them"),
        "Where the broker listens (0.0.0.0 = all addresses; port 1883, with TLS 8883; ws:// or wss:// for WebSockets, port 9001); "
            + "beyond this machine only with users.")
    { Default = "[127.0.0.1:1883]", Example = "[127.0.0.1:1883, 0.0.0.0:8883, wss://0.0.0.0:9001]" };

    private static readonly ConfigurationKey<string> Users = new(
        "users", PathType.One, "Password file of the broker's users, as 'socksort mqtt-passwd' or mosquitto_passwd writes it.")
    { Example = "mqtt.users" };

    private static readonly ConfigurationKey<string> Rights = new(
        "acl", PathType.One, "File of the rights of the broker's users to topics, as Mosquitto's acl_file.")
    { DefaultWords = "every user may all", Example = "mqtt.acl" };

    private static readonly ConfigurationKey<double> ClientRate = new(
        "client-rate", new NumberType(0, MostRate),
        "Messages a second of one client; one that sends more is read more slowly. 0 = no limit.")
    { Default = "0", Example = "1000" };

    private static readonly ConfigurationKey<double> ConnectionRate = new(
        "connection-rate", new NumberType(0, MostRate), "New connections a second of one address; further ones wait. 0 = no limit.")
    { Default = "0", Example = "50" };

    private static readonly ConfigurationKey<string> Certificate = new(
        "certificate",
        PathType.One,
        "PEM file of the broker's certificate, with what leads to its authority; every address then speaks TLS.")
    { DefaultWords = "one is made and kept in the data folder", Example = "broker.pem" };

    private static readonly ConfigurationKey<string> Key = new(
        "key", PathType.One, "PEM file of that certificate's key, where it stands in a file of its own.")
    { Example = "broker.key" };

    private static readonly ConfigurationKey<bool> Tls = new(
        "tls",
        FlagType.One,
        "Speak TLS beyond this machine. With false whoever is on the way reads passwords and messages.")
    { Default = "true" };

    public static Section<BrokerConfiguration> Section { get; } =
        new([Listen, Users, Rights, ClientRate, ConnectionRate, Certificate, Key, Tls], Build) { Check = Check };

    private static BrokerConfiguration Build(SectionValues values) => new()
    {
        Listen = values.Of(Listen) ?? [],
        Users = values.Of(Users),
        Rights = values.Of(Rights),
        ClientRate = (int)values.Of(ClientRate),
        ConnectionRate = (int)values.Of(ConnectionRate),
        Certificate = values.Of(Certificate),
        Key = values.Of(Key),
        Tls = values.Of(Tls),
    };

    private static void Check(SectionValues values)
    {
        if (values.Has(Key) && !values.Has(Certificate))
            values.Report(Key, "needs certificate", "name the file of the certificate that the key belongs to");
        if (values.Has(Rights) && !values.Has(Users))
            values.Report(Rights, "needs users", "name the password file of the users that it gives rights to");
        if (values.Has(Tls) && !values.Of(Tls) && values.Has(Certificate))
            values.Report(Tls, "is false, and certificate is set: the two exclude each other", "leave out one of them");
        var listen = values.Of(Listen) ?? [];
        var plain = listen.FirstOrDefault(address => address is { IsWeb: true, IsSecureWeb: false, IsBeyondLoopback: true });
        if (plain is { } open && values.Of(Tls))
        {
            values.Report(Listen, $"has {open}, which speaks plain text and can be reached from other machines",
                "write wss:// in place of ws://, or say tls: false");
        }
        if (listen.Count > 0 && listen.All(address => address.IsWeb))
        {
            values.Report(Listen, "names addresses for WebSockets only",
                "add one without ws:// for the parts of the process, as 127.0.0.1");
        }
        if (!values.Has(Users) && values.Of(Listen)?.Any(address => address.IsBeyondLoopback) == true)
        {
            values.Report(Listen, "can be reached from other machines, and users is not set",
                "name the broker's users with users: FILE ('socksort mqtt-passwd FILE NAME' makes it), or listen on 127.0.0.1");
        }
    }
}
