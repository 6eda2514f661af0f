using SockSort.Connect.Configuration;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Configuration;

public class SecretsTests
{
    [Fact]
    public void A_placeholder_is_replaced_wherever_it_stands()
    {
        using var folder = new TempFolder();
        _ = folder.Write("scripts/credentials.properties", "HOST=example.org\nPORT=1883\n");

        var values = new Secrets(folder.Path).Resolve("c", new Dictionary<string, string>
        {
            ["mqtt.server.uri"] = "tcp://${file:/scripts/credentials.properties:HOST}:${file:scripts/credentials.properties:PORT}",
            ["tasks.max"] = "1",
        });

        Assert.Equal("tcp://example.org:1883", values["mqtt.server.uri"]);
        Assert.Equal("1", values["tasks.max"]);
    }

    [Theory]
    [InlineData("${file:/../outside.properties:A}", "asks for the file /../outside.properties, which lies outside the folder of secrets")]
    [InlineData("${file:/link.properties:A}", "asks for the file /link.properties, which lies outside the folder of secrets")]
    [InlineData("${file:/dir/outside.properties:A}", "asks for the file /dir/outside.properties, which lies outside the folder of secrets")]
    [InlineData("${file:/twice.properties:A}", "asks for the file /twice.properties, which lies outside the folder of secrets")]
    [InlineData("${file:/none.properties:A}", "asks for a secret of DIR/none.properties, which does not exist")]
    [InlineData("${file:/some.properties:B}", "asks for B, which DIR/some.properties lacks; it has A, C")]
    [InlineData(
        "${file:/some.properties}",
        "holds ${file:/some.properties}, which is not understood; write ${file:/path/below/the/secrets.properties:NAME} or ${env:NAME}")]
    [InlineData(
        "${vault:some:A}",
        "holds ${vault:some:A}, which is not understood; write ${file:/path/below/the/secrets.properties:NAME} or ${env:NAME}")]
    public void A_secret_that_cannot_be_found_is_named_without_any_value(string value, string problem)
    {
        using var folder = new TempFolder();
        _ = folder.Write("outside.properties", "A=hidden\n");
        var secrets = Directory.CreateDirectory(folder.File("secrets")).FullName;
        _ = folder.Write("secrets/some.properties", "A=hidden\nC=hidden\n");
        _ = File.CreateSymbolicLink(Path.Combine(secrets, "link.properties"), folder.File("outside.properties"));
        _ = Directory.CreateSymbolicLink(Path.Combine(secrets, "dir"), folder.Path);
        _ = File.CreateSymbolicLink(Path.Combine(secrets, "twice.properties"), "dir/outside.properties");

        var error = Assert.Throws<ConnectException>(
            () => new Secrets(secrets).Resolve("c", new Dictionary<string, string> { ["k"] = value }));

        Assert.Equal(ConnectErrorKind.Secret, error.Kind);
        Assert.Equal($"connector 'c': 'k' {problem.Replace("DIR", secrets)}", error.Message);
    }

    [Fact]
    public void A_link_of_links_within_the_folder_is_followed()
    {
        using var folder = new TempFolder();
        _ = folder.Write("real/some.properties", "A=1\n");
        _ = Directory.CreateSymbolicLink(folder.File("current"), "real");
        _ = File.CreateSymbolicLink(folder.File("credentials.properties"), "current/some.properties");

        var values = new Secrets(folder.Path).Resolve("c", new Dictionary<string, string> { ["k"] = "${file:/credentials.properties:A}" });

        Assert.Equal("1", values["k"]);
    }

    [Fact]
    public void Given_links_in_a_circle_expect_the_file_named_as_one_that_cannot_be_read()
    {
        using var folder = new TempFolder();
        _ = File.CreateSymbolicLink(folder.File("a.properties"), "b.properties");
        _ = File.CreateSymbolicLink(folder.File("b.properties"), "a.properties");

        var error = Assert.Throws<ConnectException>(
            () => new Secrets(folder.Path).Resolve("c", new Dictionary<string, string> { ["k"] = "${file:/a.properties:A}" }));

        Assert.Equal($"connector 'c': 'k' asks for a secret of {folder.File("a.properties")}, which can't be read", error.Message);
    }

    [Fact]
    public void An_environment_variable_may_stand_in_a_value()
    {
        var secrets = new Secrets(null, name => name == "MQTT_PASSWORD" ? "knows" : null);

        var values = secrets.Resolve("c", new Dictionary<string, string> { ["k"] = "a ${env:MQTT_PASSWORD} b" });

        Assert.Equal("a knows b", values["k"]);
    }

    [Theory]
    [InlineData("MQTT_ABSENT", "which is not set")]
    [InlineData("HOME", "connectors may read those that begin with CONNECT_ or MQTT_")]
    public void A_variable_that_is_not_set_or_not_for_connectors_is_named(string name, string problem)
    {
        var secrets = new Secrets(null, known => known == "HOME" ? "/root" : null);

        var error = Assert.Throws<ConnectException>(
            () => secrets.Resolve("c", new Dictionary<string, string> { ["k"] = $"${{env:{name}}}" }));

        Assert.StartsWith($"connector 'c': 'k' asks for the environment variable {name}", error.Message);
        Assert.EndsWith(problem, error.Message);
    }

    [Fact]
    public void Without_a_folder_of_secrets_the_flag_is_named()
    {
        var error = Assert.Throws<ConnectException>(
            () => new Secrets(null).Resolve("c", new Dictionary<string, string> { ["k"] = "${file:/a:B}" }));

        Assert.Equal(
            "connector 'c': 'k' asks for a secret of a file, and no folder of secrets is given; name it with --secrets DIR", error.Message);
    }
}
