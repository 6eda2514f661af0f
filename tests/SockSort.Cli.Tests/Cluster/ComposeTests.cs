using System.CommandLine;
using System.Diagnostics;
using SockSort.Cli.Tests.Sql;
using SockSort.Testing;
using YamlDotNet.Serialization;

namespace SockSort.Cli.Tests.Cluster;

/// <summary>The compose file of <c>samples/cluster</c>, read by <c>docker-compose</c>, and what looks whether the server is well.</summary>
public sealed class ComposeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_compose_file_is_one_and_the_server_s_arguments_are_a_command_line()
    {
        var compose = Programs.Find("docker-compose");

        var (exitCode, text) = await RunAsync(compose, [], "-f", Repository.PathOf("samples/cluster/compose.yaml"), "config");

        Assert.True(exitCode == 0, text);
        var services = (Dictionary<object, object>)new Deserializer().Deserialize<Dictionary<string, object>>(text)["services"];
        Assert.Equal(
            ["connect", "flink-gateway", "flink-jobmanager", "flink-taskmanager", "kafka", "mosquitto", "socksort"], services.Keys.Order());
        var command = (List<object>)((Dictionary<object, object>)services["socksort"])["command"];
        Assert.Empty(Errors(command.Cast<string>()));
    }

    [Fact]
    public async Task The_container_is_well_where_its_server_answers_with_the_right_password()
    {
        var (right, wrong) = (_folder.Write("right", "secret\n"), _folder.Write("wrong", "guess"));
        await using var server = await ServerProcess.StartAsync(
            _folder.File("data"), "--password-file", right, "--connect-listen", "off");
        var healthy = Repository.PathOf("samples/cluster/healthy");
        var port = $"{new Uri(server.Address).Port}";

        var well = await RunAsync(healthy, [("SOCKSORT_PORT", port), ("SOCKSORT_PASSWORD_FILE", right)]);
        var refused = await RunAsync(healthy, [("SOCKSORT_PORT", port), ("SOCKSORT_PASSWORD_FILE", wrong)]);
        var absent = await RunAsync(healthy, [("SOCKSORT_PORT", $"{FreePort.Next()}")]);

        Assert.Equal((0, ""), well);
        Assert.Equal((1, 1), (refused.ExitCode, absent.ExitCode));
        Assert.Contains("a password is needed", refused.Text);
    }

    /// <summary>What is wrong with arguments of <c>socksort</c>.</summary>
    internal static IEnumerable<string> Errors(IEnumerable<string> arguments)
    {
        var root = new RootCommand();
        foreach (var command in CommandList.All())
            root.Subcommands.Add(command);
        return root.Parse([.. arguments]).Errors.Select(error => error.Message);
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(
        string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
