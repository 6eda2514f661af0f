using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;
using SockSort.Host.Listening;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of the whole file, from which reading, example and reference are generated.</summary>
internal static class RunKeys
{
    private static readonly ConfigurationKey<string> Data = new(
        "data", PathType.One, "Folder of the log, the state of queries and the certificates that are made.")
    { Default = "socksort-data" };

    private static readonly ConfigurationKey<LogConfiguration> Log = new("log", LogKeys.Section, "The log of all topics.")
    {
        Default = "{}",
    };

    private static readonly ConfigurationKey<IReadOnlyList<CameraConfiguration>> Cameras = new(
        "cameras",
        new ListType<CameraConfiguration>(CameraKeys.Section, "list of cameras") { Check = CameraKeys.CheckNames },
        "What is looked at, a list; socksort run needs at least one.")
    { Default = "[]" };

    private static readonly ConfigurationKey<string> Model = new(
        "model", PathType.One, "Model package that tells the socks apart, as 'socksort train' makes it; socksort run needs one.")
    { Sample = "model.tar.gz" };

    private static readonly ConfigurationKey<IReadOnlyList<string>> ModelFrom = new(
        "model-from",
        new OneOrMoreType<string>(ModelPlaceType.One, "folder or https:// address, list of them, or none", none: "none"),
        "Where models may come from that are ordered over MQTT, beside the model's own folder: folders, and what https:// addresses begin "
            + "with. With none no orders are taken.")
    { DefaultWords = "the model's own folder only", Example = "https://models.example/socks/" };

    private static readonly ConfigurationKey<string> Photos = new(
        "photos", PathType.One, "Folder with a folder of photos for each sock, to which the dashboard's page Teach adds.")
    { Default = "photos" };

    private static readonly ConfigurationKey<BrokerConfiguration> Broker = new(
        "broker",
        new WordOrType<BrokerConfiguration>("none", BrokerKeys.Section),
        "The MQTT broker in the process. Write broker: none, or name another one by mqtt.address, to do without.")
    { Default = "{}" };

    private static readonly ConfigurationKey<MqttConfiguration> Mqtt = new(
        "mqtt", MqttKeys.Section, "The broker that cameras publish to, where it is not the one in the process, and the topic.")
    { Default = "{}" };

    private static readonly ConfigurationKey<IReadOnlyList<KeyValuePair<string, IReadOnlyDictionary<string, string>>>> Connectors = new(
        "connectors",
        new NamedType<IReadOnlyDictionary<string, string>>(
            ConnectorType.One, "mapping of names to connectors", "NAME", name => name.Trim().Length == 0 ? "give it a name" : null),
        "Connectors by name, each with Kafka Connect's keys; its secrets are looked up when it starts.")
    { Default = "{}", Example = "pairs:\n  connector.class: FileStreamSink\n  topics: PAIRS\n  file: pairs.jsonl" };

    private static readonly ConfigurationKey<IReadOnlyList<string>> Queries = new(
        "queries",
        new OneOrMoreType<string>(PathType.One, "path, or list of paths"),
        "Script of the SQL that is to exist: applied at each start, it makes what is missing.")
    { Sample = "sock.ksql" };

    private static readonly ConfigurationKey<int> QueryThreads = new(
        "query-threads",
        new CountType(1, RunConfiguration.MostQueryThreads),
        "Threads that work on queries; those beside the first read ahead what waits in topics of several partitions.")
    { Default = "1", Example = "2" };

    private static readonly ConfigurationKey<SortingConfiguration> Sorting = new(
        "sorting",
        new WordOrType<SortingConfiguration>("none", SortingKeys.Section),
        "Counts socks by sightings, and keeps the ledger of pairs beside the queries. Write sorting: none to do without.")
    { Default = "{}" };

    private static readonly ConfigurationKey<ListenConfiguration> Listen = new(
        "listen", ListenKeys.Section, "Where the program listens; beyond this machine only with auth.password.")
    { Default = "{}" };

    private static readonly ConfigurationKey<AuthConfiguration> Auth = new(
        "auth", AuthKeys.Section, "Who may come in from other machines.")
    { Default = "{}" };

    private static readonly ConfigurationKey<IReadOnlyList<KeyValuePair<string, RetentionKeys.Entry>>> Retention = new(
        "retention", RetentionKeys.Section, "How long the records of a topic are kept; the entry default is for all topics without one.")
    { Default = "{}", Example = "default:\n  time: 30d\n  size: 1GiB\ndata_mqtt:\n  time: forever" };

    private static readonly ConfigurationKey<LoggingConfiguration> Logging = new(
        "logging", LoggingKeys.Section, "What the program tells of itself, on the standard error stream.")
    { Default = "{}" };

    public static Section<RunConfiguration> Section { get; } = new(
        [
            Data, Log, Cameras, Model, ModelFrom, Photos, Broker, Mqtt, Connectors, Queries, QueryThreads, Sorting, Listen, Auth, Retention,
            Logging,
        ], Build)
    { Check = Check };

    private static RunConfiguration Build(SectionValues values)
    {
        var mqtt = values.Of(Mqtt) ?? new MqttConfiguration();
        var cameras = values.Of(Cameras) ?? [];
        var connectors = values.Of(Connectors) ?? [];
        var isElsewhere = values.HasAt("mqtt.address") && !values.Has(Broker);
        return new RunConfiguration
        {
            Data = values.Of(Data) ?? "",
            Log = values.Of(Log) ?? new LogConfiguration(),
            Cameras = [.. cameras.Select(camera => camera.Topic.Length > 0 ? camera : camera with { Topic = mqtt.Topic })],
            Model = values.Of(Model),
            ModelFrom = values.Of(ModelFrom),
            Photos = values.Of(Photos) ?? "",
            Broker = isElsewhere ? null : values.Of(Broker),
            Mqtt = mqtt,
            Connectors = [.. connectors.Select(entry => new ConnectorConfiguration { Name = entry.Key, Settings = entry.Value })],
            Queries = values.Of(Queries) ?? [],
            QueryThreads = values.Of(QueryThreads),
            Sorting = values.Of(Sorting),
            Listen = values.Of(Listen) ?? new ListenConfiguration(),
            Auth = values.Of(Auth) ?? new AuthConfiguration(),
            Retention = RetentionKeys.Build(values.Of(Retention) ?? []),
            Logging = values.Of(Logging) ?? new LoggingConfiguration(),
        };
    }

    private static void Check(SectionValues values)
    {
        if (values.Has(Broker) && values.Of(Broker) is not null && values.HasAt("mqtt.address"))
            values.ReportAt("mqtt.address", "and broker exclude each other", "leave out one of them: the broker is here, or elsewhere");
        if (values.HasAt("auth.password") || values.Of(Listen) is not { } listen)
            return;
        CheckPassword(values, "listen.sql", listen.Sql);
        CheckPassword(values, "listen.connect", listen.Connect);
        CheckPassword(values, "listen.endpoint", listen.Endpoint);
        if (values.Of(Auth)?.OpenView != true)
            CheckPassword(values, "listen.view", listen.View, " (auth: {open-view: true} lets everybody watch)");
    }

    private static void CheckPassword(SectionValues values, string key, IReadOnlyList<WebAddress> addresses, string or = "")
    {
        if (addresses.Any(address => address.IsBeyondLoopback))
        {
            values.ReportAt(key, "can be reached from other machines, and auth.password is not set",
                $"set it, for example to ${{env:SOCKSORT_PASSWORD}}, or listen on 127.0.0.1{or}");
        }
    }
}
