using System.Text;
using SockSort.Deploy.Flink;
using SockSort.Log;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>Jobs on Flink itself that log in to Kafka; skipped where the kit is absent.</summary>
[Collection("servers of the kit")]
public sealed class RealFlinkLoginTests(RealFlink flink) : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_job_reads_and_writes_behind_a_login()
    {
        await flink.StartAsync();
        var (source, sink) = Topics("let-in");
        _ = await flink.Log.AppendAsync(source, NewRecord.Of(1, null, """{"image":"Google"}"""u8.ToArray()));
        flink.Log.EnsureTopic(sink);
        var program = flink.Translate(Script(source, sink), Login(KafkaServer.Password));

        _ = await flink.DeployAsync(program, deployment => deployment.ApplyAsync(_ => { }, TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(() => flink.Log.EndOffset(sink, 0) == 1, "the record has gone through");
        var report = await flink.DeployAsync(
            program, deployment => deployment.RemoveAsync(isDryRun: false, _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal("""{"IMAGE":"Google"}""", Encoding.UTF8.GetString(flink.Log.Read(sink, 0, 0)[0].Value!.Value.Span));
        Assert.Empty(report.Running);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_what_to_look_at_and_stays_out_of_sight()
    {
        await flink.StartAsync();
        var (source, sink) = Topics("refused");
        flink.Log.EnsureTopic(source);
        var program = flink.Translate(Script(source, sink), Login("not-the-secret"));

        var error = await Assert.ThrowsAsync<DeployException>(() => flink.DeployAsync(
            program, deployment => deployment.ApplyAsync(_ => { }, TestContext.Current.CancellationToken),
            new FlinkOptions { Settling = TimeSpan.FromMinutes(1) }));

        Assert.Contains("Authentication failed: Invalid username or password", error.Message);
        Assert.Contains("; look at user and password in the file of --kafka-properties", error.Message);
        Assert.DoesNotContain("not-the-secret", error.ToString());
    }

    private static (string Source, string Sink) Topics(string name) => ($"login-{name}", $"login-{name}-out");

    private static string Script(string source, string sink) => $"""
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM found (image VARCHAR) WITH (kafka_topic='{source}', value_format='json', partitions=1);
        CREATE STREAM passed WITH (kafka_topic='{sink}') AS SELECT image FROM found EMIT CHANGES;
        """;

    private FlinkLogin Login(string password) => FlinkLogin.Read(_temp.Write("kafka.properties", $"""
        security.protocol=SASL_PLAINTEXT
        sasl.mechanism=PLAIN
        sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
          username="{KafkaServer.User}" password="{password}";
        """));
}
