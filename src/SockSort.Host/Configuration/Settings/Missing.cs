using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Settings;

/// <summary>
/// Finds keys that <c>socksort run</c> requires and a configuration lacks. Reading does not require them, so that a file may be checked in
/// parts.
/// </summary>
internal static class Missing
{
    public static IEnumerable<ConfigurationMistake> For(RunConfiguration configuration)
    {
        var places = configuration.Places;
        // If the key is set but invalid, there is a mistake already.
        if (configuration.Model is null && !places.Has("model"))
            yield return Of("model", "", "name a model package, for example model: model.tar.gz");
        if (configuration.Cameras.Count == 0)
            yield return Of("cameras", "", "name a camera, for example cameras: [{source: synthetic:1}]");
        if (configuration is { Broker: null, Mqtt.Address: null } && !places.Has("mqtt.address"))
        {
            yield return Of("mqtt.address", ", and broker is none: cameras have nowhere to publish to",
                "leave out broker: none, or name another broker, for example mqtt: {address: mqtt://broker.example:1883}");
        }

        ConfigurationMistake Of(string key, string and, string hint)
        {
            var where = places.IsThere ? "" : ", and there is no such file";
            return configuration.MistakeAt(key, $"is not set{where}{and}", hint);
        }
    }
}
