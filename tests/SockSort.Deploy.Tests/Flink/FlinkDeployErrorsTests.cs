using SockSort.Deploy.Flink;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Tests.Flink;

public sealed class FlinkDeployErrorsTests
{
    [Fact]
    public void The_root_of_a_trace_is_told_without_its_class()
    {
        const string Trace = """
            org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 1234.
            	at org.apache.flink.table.gateway.service.operation.OperationManager.processThrowable(OperationManager.java:414)
            Caused by: org.apache.calcite.runtime.CalciteContextException: From line 1 to line 2
            	... 5 more
            Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Column 'b' not found in any table.
            	... 7 more
            """;

        Assert.Equal("Column 'b' not found in any table", FlinkDeployErrors.Cause(Trace));
    }

    [Fact]
    public void A_root_without_words_stands_behind_the_words_of_what_it_has_caused()
    {
        const string Trace = """
            Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Could not stop job 0af1 for operation 1234.
            	at org.apache.flink.table.gateway.service.operation.OperationExecutor.callStopJobOperation(OperationExecutor.java:500)
            Caused by: java.util.concurrent.TimeoutException
            	at java.base/java.util.concurrent.CompletableFuture.timedGet(CompletableFuture.java:1886)
            """;

        Assert.Equal("Could not stop job 0af1 for operation 1234 (TimeoutException)", FlinkDeployErrors.Cause(Trace));
    }

    [Theory]
    [InlineData(null, "the gateway does not say why; --rest URL of the JobManager does")]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8081/ does not say why; the log of the JobManager does")]
    public void Who_has_been_asked_in_vain_why_a_job_failed_is_not_what_is_advised(string? asked, string told)
    {
        var script = KsqlScript.Read(new SourceText("socks.ksql", """
            CREATE STREAM a (image STRING) WITH (kafka_topic='a', value_format='json');
            CREATE STREAM b AS SELECT image FROM a EMIT CHANGES;
            """));
        var job = FlinkTranslation.Of(script, "kafka:9092", TimeSpan.FromMinutes(1)).Jobs.Single();

        var error = FlinkDeployErrors.Failed("socks.ksql:2:1", job, "0af1", cause: null, asked is null ? null : new Uri(asked));

        Assert.EndsWith($"the job of stream B has failed after its start (0af1): {told}", error.Message, StringComparison.Ordinal);
    }
}
