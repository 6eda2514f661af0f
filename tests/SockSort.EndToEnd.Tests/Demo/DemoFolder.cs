using System.Text.Json;
using SockSort.Mqtt;
using SockSort.Shared;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Demo;

/// <summary>A data folder for demos of three quickly learnt socks, and how to run one there.</summary>
public sealed class DemoFolder : IDisposable
{
    private const string ModelFolder = "demo";

    // All demos of these photos come to the same model, so that one is enough.
    private static readonly Lazy<Task<(string Name, byte[] Bytes)>> Learnt = new(LearnAsync);

    private readonly TempFolder _folder = new();

    public string Data => _folder.File("data");

    public string Report => _folder.File("report.json");

    /// <summary>Absolute path below the folder.</summary>
    public string File(string relative) => _folder.File(relative);

    /// <summary>Draws 3 socks, 3 photos each: learnt in a few seconds.</summary>
    public async Task<string> PhotosAsync()
    {
        var photos = _folder.File("photos");
        if (!Directory.Exists(photos))
        {
            var (exitCode, output) = await SocksortProcess.RunAsync(
                ["photos", "synth", "--classes", "3", "--per-class", "3", "--out", photos]);
            Assert.True(exitCode == 0, output);
        }
        return photos;
    }

    /// <summary>Starts a demo on free ports, whose model is there already.</summary>
    public async Task<SocksortProcess> StartAsync(string length, params string[] more)
    {
        var (name, bytes) = await Learnt.Value;
        var path = Path.Combine(Data, ModelFolder, name);
        if (!System.IO.File.Exists(path))
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await System.IO.File.WriteAllBytesAsync(path, bytes);
        }
        return await StartAsync(length, trace: null, more);
    }

    /// <summary>Starts one that learns, too, and watches whom it speaks to.</summary>
    public async Task<SocksortProcess> StartAsync(string length, NetworkTrace? trace, params string[] more) => SocksortProcess.Start(
    [
        "demo", "--photos", await PhotosAsync(), "--camera", "synthetic:1", "--for", length, "--data", Data, "--report", Report,
        "--view-port", "0", .. more,
    ], trace: trace);

    /// <summary>The broker, user and password that the demo wrote down for its clients.</summary>
    public MqttEndpoint Broker()
    {
        var secrets = PropertiesFile.Parse(System.IO.File.ReadAllText(Path.Combine(Data, "scripts", "credentials.properties")));
        return MqttEndpoint.Parse(secrets["MQTT_URI"], secrets["MQTT_USERNAME"], secrets["MQTT_PASSWORD"]);
    }

    /// <summary>The figures that the demo wrote.</summary>
    public JsonElement Figures() => JsonDocument.Parse(System.IO.File.ReadAllText(Report)).RootElement;

    public void Dispose() => _folder.Dispose();

    private static async Task<(string Name, byte[] Bytes)> LearnAsync()
    {
        using var folder = new DemoFolder();
        await using var demo = await folder.StartAsync("1s", trace: null);
        Assert.Equal(0, await demo.EndAsync());
        var model = Assert.Single(Directory.GetFiles(Path.Combine(folder.Data, ModelFolder), "model-*.tar.gz"));
        return (Path.GetFileName(model), await System.IO.File.ReadAllBytesAsync(model));
    }
}
