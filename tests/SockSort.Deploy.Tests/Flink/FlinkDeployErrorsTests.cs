using SockSort.Deploy.Flink;

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
}
