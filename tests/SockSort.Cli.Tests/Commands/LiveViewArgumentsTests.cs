using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class LiveViewArgumentsTests : IDisposable
{
    private const string Secret = "S3cret for socks";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--live-view-listen", "everywhere", "--live-view-listen: 'everywhere' is no IP address, as 127.0.0.1 or 0.0.0.0")]
    [InlineData("--live-view-listen", "4000", "--live-view-listen: '4000' is no IP address, as 127.0.0.1 or 0.0.0.0")]
    [InlineData("--live-view-password-file", "", "--live-view-password-file: '' is no file, give the path of one")]
    [InlineData("--live-view-certificate", "", "--live-view-certificate: '' is no file, give the path of one")]
    [InlineData(
        "--live-view-key", "key.pem",
        "--live-view-key needs --live-view-certificate: name the file of the certificate that the key belongs to")]
    [InlineData(
        "--allow-embedding", "*",
        "--allow-embedding: '*' is no origin of one site, as https://home.example:8123 (http:// or https://, no path, no *)")]
    [InlineData(
        "--allow-embedding",
        "https://home.example/x",
        "--allow-embedding: 'https://home.example/x' is no origin of one site, as https://home.example:8123 (http:// or "
            + "https://, no path, no *)")]
    public async Task A_wrong_value_is_wrong_usage_of_edge_and_demo_alike(string option, string value, string message)
    {
        var edge = await CliRun.InvokeAsync("edge", "run", "--model", "m", "--camera", "c", "--mqtt", "mqtt://localhost", option, value);
        var demo = await CliRun.InvokeAsync("demo", option, value);

        Assert.Equal((2, $"socksort: {message}\nsocksort: see 'socksort edge run --help'\n"), (edge.ExitCode, edge.Error));
        Assert.Equal((2, $"socksort: {message}\nsocksort: see 'socksort demo --help'\n"), (demo.ExitCode, demo.Error));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.7")]
    public async Task Beyond_this_machine_without_a_password_is_refused_before_anything_is_done(string address)
    {
        var message =
            $"socksort: --live-view-listen {address} can be reached from other machines: set a password by --live-view-password-file "
                + "FILE or the environment " +
            "variable SOCKSORT_LIVE_VIEW_PASSWORD, or let everybody watch by --no-password\n";

        var edge = await CliRun.InvokeAsync(
            "edge", "run", "--model", "absent", "--camera", "absent", "--mqtt", "mqtt://localhost", "--live-view-listen", address);
        var demo = await CliRun.InvokeAsync("demo", "--data", _folder.File("data"), "--live-view-listen", address);

        Assert.Equal((2, $"{message}socksort: see 'socksort edge run --help'\n"), (edge.ExitCode, edge.Error));
        Assert.Equal((2, $"{message}socksort: see 'socksort demo --help'\n"), (demo.ExitCode, demo.Error));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Theory]
    [InlineData("absent", null, "Could not find file '{file}'.")]
    [InlineData("empty", "", "{file}: the first line is empty, expected the password")]
    [InlineData("blank", "  \nsecret\n", "{file}: the first line is empty, expected the password")]
    public async Task A_password_that_cannot_be_read_is_an_error_that_names_the_file(string name, string? text, string problem)
    {
        var file = _folder.File(name);
        if (text is not null)
            File.WriteAllText(file, text);

        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", "m", "--camera", "c", "--mqtt", "mqtt://localhost", "--live-view-password-file", file);

        Assert.Equal(
            (1, $"socksort: --live-view-password-file {file}: no password can be read "
                + $"({problem.Replace("{file}", file, StringComparison.Ordinal)}), expected a file whose first line is the password\n"),
            (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_password_file_without_an_end_is_read_up_to_a_limit()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "this system has no /dev/zero");

        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", "m", "--camera", "c", "--mqtt", "mqtt://localhost", "--live-view-password-file", "/dev/zero");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("/dev/zero: the first line is longer than 4096 characters", run.Error);
    }

    [Fact]
    public async Task With_a_password_other_machines_may_watch_and_it_is_shown_nowhere()
    {
        await using var edge = Start(["--live-view-listen", "0.0.0.0"], new() { ["SOCKSORT_LIVE_VIEW_PASSWORD"] = Secret });
        var port = int.Parse(
            (await edge.LineAsync(@"live view  https://localhost:(\d+)/$")).Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        _ = await edge.LineAsync("from elsewhere https://");
        _ = await edge.LineAsync(Regex.Escape("frame 1"));
        using var http = new HttpClient(
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            });

        using var without = await http.GetAsync($"https://127.0.0.1:{port}/frame.jpg", TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Secret}")));
        using var with = await http.GetAsync($"https://127.0.0.1:{port}/frame.jpg", TestContext.Current.CancellationToken);
        edge.Terminate();
        _ = await edge.EndAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
        Assert.DoesNotContain(Secret, edge.Output);
        Assert.DoesNotContain("WARNING", edge.Output);
    }

    [Fact]
    public async Task Without_a_password_on_purpose_the_start_says_so_loudly()
    {
        await using var edge = Start(["--live-view-listen", "0.0.0.0", "--no-password"], new() { ["SOCKSORT_LIVE_VIEW_PASSWORD"] = "" });

        _ = await edge.LineAsync(
            Regex.Escape("WARNING: everybody who can reach 0.0.0.0 can watch the live view: --no-password asks for no password"));
        _ = await edge.LineAsync("live view  https://localhost:");

        edge.Terminate();
        _ = await edge.EndAsync();
    }

    [Fact]
    public async Task A_password_and_the_word_that_there_is_none_contradict_each_other()
    {
        File.WriteAllText(_folder.File("password"), Secret);

        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", "m", "--camera", "c", "--mqtt", "mqtt://localhost", "--no-password", "--live-view-password-file",
            _folder.File("password"));

        Assert.Equal(
            (2, "socksort: --no-password lets everybody watch, and a password is set too (--live-view-password-file or "
                + "SOCKSORT_LIVE_VIEW_PASSWORD): leave out one of them\nsocksort: see 'socksort edge run --help'\n"),
            (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_certificate_of_the_users_own_is_shown_and_not_called_self_made()
    {
        var certificate = SelfSignedCertificate.Make(_folder, "localhost");
        await using var edge = Start(["--live-view-certificate", certificate.File, "--live-view-key", certificate.KeyFile], []);
        var address = (await edge.LineAsync(@"live view  (https://localhost:\d+/)$")).Groups[1].Value;
        string? subject = null;
        using var http = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, seen, _, _) =>
            {
                subject = seen!.Subject;
                return true;
            },
        });
        _ = await edge.LineAsync(Regex.Escape("frame 1"));

        using var answer = await http.GetAsync(
            $"{address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}frame.jpg", TestContext.Current.CancellationToken);
        edge.Terminate();
        _ = await edge.EndAsync();

        Assert.Equal((HttpStatusCode.OK, "CN=localhost"), (answer.StatusCode, subject));
        Assert.DoesNotContain("self-made", edge.Output);
    }

    private SocksortProcess Start(string[] options, Dictionary<string, string> environment)
    {
        var (model, camera) = (_folder.File("model.tar.gz"), _folder.File("desk"));
        ColourModel.Package().Write(model);
        Directory.CreateDirectory(camera);
        Pictures.WriteFolder(camera);
        environment["XDG_DATA_HOME"] = _folder.Path;
        return SocksortProcess.Start(
            [
                "edge", "run", "--model", model, "--camera", camera, "--mqtt", $"mqtt://127.0.0.1:{FreePort.Next()}", "--loop", "--fps",
                "4", "--live-view-port", "0", .. options,
            ],
            environment: environment);
    }
}
