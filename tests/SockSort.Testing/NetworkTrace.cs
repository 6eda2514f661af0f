using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace SockSort.Testing;

/// <summary>
/// Watches, with strace, whom a program and its children speak to. The program has a home of its own and starts as on a user's desk: what
/// libraries take for a build machine, or for a wish for silence, is taken out of its environment.
/// </summary>
public sealed partial class NetworkTrace
{
    private const int DomainPort = 53;

    private static readonly string[] Hints =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL", "CODEBUILD_BUILD_ID", "BUILDKITE",
        "TEAMCITY_VERSION", "APPVEYOR",
        "BITBUCKET_BUILD_NUMBER", "ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED", "ORT_RUNNING_UNIT_TESTS", "DO_NOT_TRACK",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
    ];

    private readonly string _strace = Programs.Find("strace");
    private readonly string _file;

    /// <param name="folder">Takes the trace and the home.</param>
    /// <param name="name">Of the files in it.</param>
    public NetworkTrace(TempFolder folder, string name)
    {
        (_file, Home) = (folder.File($"{name}.strace"), folder.File($"{name}.home"));
        Directory.CreateDirectory(Home);
        using var probe = Process.Start(new ProcessStartInfo(_strace, ["-o", _file, "true"]) { RedirectStandardError = true })!;
        var problem = probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        Assert.SkipUnless(probe.ExitCode == 0, $"strace may not watch programs here: {problem.Trim()}");
    }

    /// <summary>The program's HOME.</summary>
    public string Home { get; }

    /// <summary>What comes before the program and its arguments on a command line.</summary>
    public IReadOnlyList<string> Launcher =>
    [
        _strace, "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", _file,
        "env", .. Hints.SelectMany(hint => new[] { "-u", hint }), $"HOME={Home}",
    ];

    /// <summary>
    /// What it sent, or wanted to, to others than this machine, and to resolvers of names; to be asked when it has ended.
    /// </summary>
    public IReadOnlyList<string> ForeignCalls() => [.. File.ReadLines(_file).Where(IsForeign)];

    /// <summary>All calls that were seen: a trace without any has not watched.</summary>
    public int Calls() => File.ReadLines(_file).Count();

    /// <summary>Files that libraries have left in the home without being asked: ids and queues of their makers.</summary>
    public IReadOnlyList<string> FilesOfOthers() =>
        [
            .. Directory.EnumerateFiles(Home, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/socksort/", StringComparison.Ordinal)),
        ];

    private static bool IsForeign(string call)
    {
        var address = Address().Match(call);
        if (!address.Success)
            return false;
        var host = IPAddress.Parse(address.Groups["host"].Value);
        var isHere = IPAddress.IsLoopback(host.IsIPv4MappedToIPv6 ? host.MapToIPv4() : host) || host.Equals(IPAddress.Any)
            || host.Equals(IPAddress.IPv6Any);
        return !isHere || address.Groups["port"].Value == $"{DomainPort}";
    }

    // {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}, {sa_family=AF_INET6, sin6_port=htons(80), …,
    // inet_pton(AF_INET6, "::1", …
    [GeneratedRegex("""port=htons\((?<port>\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"(?<host>[^"]+)""")]
    private static partial Regex Address();
}
