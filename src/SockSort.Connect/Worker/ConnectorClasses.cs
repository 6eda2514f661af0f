using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.FileSink;
using SockSort.Connect.HttpSink;
using SockSort.Connect.MqttSink;
using SockSort.Connect.MqttSource;

namespace SockSort.Connect.Worker;

/// <summary>The connector classes by name. To add one, add its folder and one line here.</summary>
internal sealed class ConnectorClasses(ConnectorPlace place)
{
    private readonly IConnectorClass[] _all =
    [
        new MqttSourceConnector(place),
        new MqttSinkConnector(place),
        new HttpSinkConnector(place),
        new FileSinkConnector(place),
    ];

    public IReadOnlyList<IConnectorClass> All => _all;

    /// <summary>Returns the class that a configuration names in full, by its last part, or by that without <c>Connector</c>.</summary>
    /// <exception cref="ConnectException">The configuration names no class, or an unknown one.</exception>
    public IConnectorClass Of(string connector, IReadOnlyDictionary<string, string> configuration)
    {
        if (!configuration.TryGetValue(CommonKeys.Class, out var asked))
            throw ConnectErrors.Missing(connector, CommonKeys.Class, _all[0].ClassName);
        return Named(connector, asked);
    }

    /// <param name="connector">The connector's name, for the error.</param>
    /// <param name="asked">The class name, in full or short.</param>
    /// <exception cref="ConnectException">There is no class of this name.</exception>
    public IConnectorClass Named(string connector, string asked) =>
        Find(asked) ?? throw ConnectErrors.UnknownClass(connector, asked, _all.Select(known => known.ClassName));

    /// <summary>Finds a class by its full or short name; null where there is none.</summary>
    public IConnectorClass? Find(string asked) => _all.FirstOrDefault(known => IsCalled(known.ClassName, asked));

    private static bool IsCalled(string className, string asked)
    {
        var last = className[(className.LastIndexOf('.') + 1)..];
        return asked == className || asked == last || asked + "Connector" == last;
    }
}
