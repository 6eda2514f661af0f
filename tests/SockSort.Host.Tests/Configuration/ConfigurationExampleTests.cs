using System.Text.RegularExpressions;
using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Sections;
using SockSort.Testing;

namespace SockSort.Host.Tests.Configuration;

/// <summary>What <c>socksort config example</c> prints.</summary>
public class ConfigurationExampleTests
{
    [Fact]
    public void The_sample_is_what_is_printed() => Snapshot.Matches("samples/socksort.yaml", ConfigurationExample.Text);

    [Fact]
    public void As_it_is_it_says_all_that_a_run_needs()
    {
        var result = Written.Read(ConfigurationExample.Text);

        Assert.Empty(result.Mistakes);
        Assert.Empty(result.Configuration.MissingForRun());
        Assert.Equal("synthetic:1", Assert.Single(result.Configuration.Cameras).Source);
        Assert.Equal("/etc/socksort/model.tar.gz", result.Configuration.Model);
        Assert.Equal(["/etc/socksort/sock.ksql"], result.Configuration.Queries);
        Assert.True(File.Exists(Repository.PathOf("samples/sock.ksql")));
    }

    [Fact]
    public void With_every_key_set_nothing_is_wrong_but_what_does_not_go_with_each_other()
    {
        var all = Regex.Replace(ConfigurationExample.Text, @"^( *)#(?=[^ ])", "$1", RegexOptions.Multiline);
        all = Regex.Replace(all, @"^#  ", "  ", RegexOptions.Multiline);

        var result = Written.Read(all, _ => SecretFound);

        Assert.Equal(
            [
                "cameras[0].user: needs an address as source, as rtsp://HOST/PATH",
                "cameras[0].password: needs an address as source, as rtsp://HOST/PATH",
                "mqtt.address: and broker exclude each other",
            ],
            result.Mistakes.Select(mistake => $"{mistake.Key}: {mistake.Problem}"));
    }

    [Theory, MemberData(nameof(Keys))]
    public void Every_key_stands_in_it(string name) =>
        Assert.Matches(new Regex($@"^[ #-]*{Regex.Escape(name)}:", RegexOptions.Multiline), ConfigurationExample.Text);

    public static TheoryData<string> Keys => [.. KeysOf(RunKeys.Section).Where(name => name != "KEY").Distinct()];

    private static SecretResolution SecretFound => SecretResolution.Found("s3cret");

    private static IEnumerable<string> KeysOf(IValueType type) =>
        type.Nested.SelectMany(nested => KeysOf(nested.Key.Type).Prepend(nested.Key.Name));
}
