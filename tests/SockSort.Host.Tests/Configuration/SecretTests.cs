using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Secrets;
using SockSort.Testing;

namespace SockSort.Host.Tests.Configuration;

/// <summary>Placeholders in values, and that nothing tells what they stand for.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly TempFolder _folder = new();

    public SecretTests()
    {
        _ = _folder.Write("outside.properties", $"A={Secret}\n");
        _ = _folder.Write("conf/secrets.properties", $"PASSWORD={Secret}\nHOST=broker.example\nEMPTY=\nNESTED=${{env:PASSWORD}}\n");
        _ = _folder.Write("conf/broken.properties", $"no properties: {Secret}");
        _ = _folder.Write("conf/password.txt", Secret);
        _ = Directory.CreateDirectory(_folder.File("conf/folder"));
        _ = File.CreateSymbolicLink(_folder.File("conf/link.properties"), _folder.File("outside.properties"));
        _ = File.CreateSymbolicLink(_folder.File("conf/inner.properties"), "secrets.properties");
        _ = File.CreateSymbolicLink(_folder.File("conf/loop.properties"), "loop.properties");
        _ = Directory.CreateSymbolicLink(_folder.File("conf/up"), "..");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("${env:PASSWORD}", Secret)]
    [InlineData("${file:secrets.properties:PASSWORD}", Secret)]
    [InlineData("${file:/secrets.properties:PASSWORD}", Secret)]
    [InlineData("${file:folder/../inner.properties:PASSWORD}", Secret)]
    [InlineData("a${env:PASSWORD}b${env:PASSWORD}", $"a{Secret}b{Secret}")]
    // What a secret holds is not looked through again, and a dollar alone is none.
    [InlineData("${file:secrets.properties:NESTED}", "${env:PASSWORD}")]
    [InlineData("${env:BLANKS}", " a ")]
    [InlineData("$HOME", "$HOME")]
    [InlineData("${", "${")]
    public async Task A_placeholder_is_replaced_wherever_it_stands(string written, string password)
    {
        var result = await ReadAsync($"auth: {{password: '{written}'}}");

        Assert.Empty(result.Mistakes);
        Assert.Equal(password, result.Configuration.Auth.Password);
    }

    [Fact]
    public async Task Placeholders_are_taken_in_values_of_every_type()
    {
        var result = await ReadAsync("""
            data: ${env:FOLDER}/data
            cameras: [{source: 'rtsp://me:${env:PASSWORD}@camera.example/', fps: '${env:FPS}', loop: '${env:LOOP}'}]
            mqtt: {address: 'mqtt://${file:secrets.properties:HOST}'}
            """);

        Assert.Empty(result.Mistakes);
        Assert.Equal("/srv/data", result.Configuration.Data);
        var camera = Assert.Single(result.Configuration.Cameras);
        Assert.Equal(($"rtsp://me:{Secret}@camera.example/", 2, true), (camera.Source, camera.Fps, camera.Loop));
        Assert.Equal("mqtt://broker.example", result.Configuration.Mqtt.Address);
    }

    [Theory]
    [InlineData("${env:PASSWRD}", "asks for the environment variable PASSWRD, which is not set; set PASSWRD, or use ${file:PATH:NAME}")]
    [InlineData("${file:secrets.properties:PASSWRD}", "asks for PASSWRD, which DIR/secrets.properties lacks; nearest: PASSWORD")]
    [InlineData("${file:secrets.properties:X}", "asks for X, which DIR/secrets.properties lacks; an entry is a line NAME=VALUE")]
    [InlineData("${file:password.txt:PASSWORD}", "asks for PASSWORD, which DIR/password.txt lacks; an entry is a line NAME=VALUE")]
    [InlineData("${file:none.properties:A}", "asks for A of DIR/none.properties, which does not exist; make it, with a line A=VALUE")]
    [InlineData("${file:no/ne.properties:A}", "asks for A of DIR/no/ne.properties, which does not exist; make it, with a line A=VALUE")]
    [InlineData("${file:folder:A}", "asks for A of DIR/folder, which can't be read; let this user read it")]
    [InlineData("${file:loop.properties:A}", "asks for A of DIR/loop.properties, which can't be read; let this user read it")]
    [InlineData("${file:broken.properties:A}", "asks for A of DIR/broken.properties, which is no properties file (line 1: torn)")]
    [InlineData("${file:../outside.properties:A}", "asks for the file ../outside.properties, which lies outside the configuration file's "
        + "folder; keep it in that folder or below it")]
    [InlineData("${file:/../outside.properties:A}", "asks for the file /../outside.properties, which lies outside the configuration file's "
        + "folder; keep it in that folder or below it")]
    [InlineData("${file:link.properties:A}", "asks for the file link.properties, which lies outside the configuration file's folder; keep "
        + "it in that folder or below it")]
    [InlineData("${file:up/outside.properties:A}", "asks for the file up/outside.properties, which lies outside the configuration file's "
        + "folder; keep it in that folder or below it")]
    [InlineData("${file:secrets.properties:EMPTY}", "is empty: its secret is; expected a password, as ${env:NAME} or "
        + "${file:secrets.properties:NAME}")]
    [InlineData("${HOME}", "holds ${HOME}, which is not understood; write ${env:NAME} or ${file:secrets.properties:NAME}")]
    [InlineData("${vault:a:B}", "holds ${vault:a:B}, which is not understood; write ${env:NAME} or ${file:secrets.properties:NAME}")]
    [InlineData("${file:a}", "holds ${file:a}, which is not understood; write ${env:NAME} or ${file:secrets.properties:NAME}")]
    [InlineData("${env:}", "holds ${env:}, which is not understood; write ${env:NAME} or ${file:secrets.properties:NAME}")]
    [InlineData("${env:A=B}", "asks for an environment variable whose name can't be one; write ${env:NAME}")]
    public async Task A_secret_that_cannot_be_found_is_named_without_any_value(string written, string mistake)
    {
        var result = await ReadAsync($"auth:\n  password: '{written}'");

        Assert.Equal(
            $"DIR/socksort.yaml:2:13: auth.password: {mistake}".Replace("DIR", _folder.File("conf")),
            Assert.Single(result.Mistakes).ToString());
    }

    [Fact]
    public async Task No_mistake_repeats_a_value_that_held_a_placeholder()
    {
        var result = await ReadAsync("""
            log: {address: '${env:PASSWORD}'}
            cameras:
              - source: ~/${env:PASSWORD}
                fps: ${env:PASSWORD}
                loop: ${env:PASSWORD}
                frame-timeout: ${env:PASSWORD}
                fields: ['${env:PASSWORD}']
              - {source: a, name: '${env:PASSWORD}'}
              - {source: b, name: '${env:PASSWORD}'}
            broker: {listen: '${env:PASSWORD}'}
            mqtt: {topic: '#${env:PASSWORD}'}
            listen: {sql: '${env:PASSWORD}', view: ['${env:PASSWORD}'], endpoint: 'http://0.0.0.0/${env:PASSWORD}'}
            retention: {a: {time: '${env:PASSWORD}', size: '${env:PASSWORD}'}}
            logging: {level: '${env:PASSWORD}', format: '${env:PASSWORD}', opentelemetry: '${env:PASSWORD}'}
            """);

        Assert.Equal(17, result.Mistakes.Count);
        Assert.All(result.Mistakes, mistake => Assert.DoesNotContain(Secret, mistake.ToString()));
        Assert.All(result.Mistakes, mistake => Assert.DoesNotContain(Secret, mistake.Hint));
        Assert.Equal("can't be used; expected a number from 0 to 240", Told(result, "cameras[0].fps"));
        Assert.Equal("can't be used; ~ is not expanded: write the whole path", Told(result, "cameras[0].source"));
    }

    [Fact]
    public async Task No_text_of_a_configuration_holds_a_secret()
    {
        var result = await ReadAsync("""
            data: ${env:PASSWORD}
            cameras: [{source: 'rtsp://${env:PASSWORD}@a', user: '${env:PASSWORD}', password: '${env:PASSWORD}'}]
            mqtt: {address: 'mqtt://${env:PASSWORD}', user: '${env:PASSWORD}', password: '${env:PASSWORD}'}
            auth: {password: '${env:PASSWORD}'}
            connectors: {a: {connector.class: hunter2}}
            """);

        var configuration = result.Configuration;
        Assert.Empty(result.Mistakes);
        Assert.Equal("RunConfiguration", configuration.ToString());
        Assert.All(
            new object[]
            {
                result, configuration.Cameras[0], configuration.Mqtt, configuration.Auth, configuration.Connectors[0],
                SecretResolution.Found(Secret), new ResolvedText(Secret, HeldSecret: true),
            },
            part => Assert.DoesNotContain(Secret, part.ToString()));
    }

    [Fact]
    public async Task A_password_that_stands_in_the_file_itself_is_not_repeated_either()
    {
        var result = await ReadAsync($"auth: {{password: [{Secret}]}}\nmqtt: {{address: 'http://me:{Secret}@broker'}}");

        Assert.Equal(2, result.Mistakes.Count);
        Assert.All(result.Mistakes, mistake => Assert.DoesNotContain(Secret, mistake.ToString()));
    }

    private static string Told(ConfigurationResult result, string key) =>
        result.Mistakes.Where(mistake => mistake.Key == key).Select(mistake => $"{mistake.Problem}; {mistake.Hint}").Single();

    private Task<ConfigurationResult> ReadAsync(string text)
    {
        var environment = new Dictionary<string, string>
        {
            ["PASSWORD"] = Secret,
            ["FPS"] = "2",
            ["LOOP"] = "true",
            ["FOLDER"] = "/srv",
            ["BLANKS"] = " a ",
        };
        var secrets = new ConfigurationSecrets(ReadProperties, environment.GetValueOrDefault);
        var file = _folder.Write("conf/socksort.yaml", text);
        return ConfigurationFile.ReadAsync(file, secrets.Resolve, TestContext.Current.CancellationToken);
    }

    /// <summary>As the reader of properties files does, of which this room knows nothing.</summary>
    private static Dictionary<string, string> ReadProperties(string text) => text.StartsWith("no properties", StringComparison.Ordinal)
        ? throw new FormatException("line 1: torn")
        : text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(entry => entry[0], entry => entry.ElementAtOrDefault(1) ?? "");
}
