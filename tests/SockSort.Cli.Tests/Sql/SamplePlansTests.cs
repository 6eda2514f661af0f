using SockSort.Testing;

namespace SockSort.Cli.Tests.Sql;

/// <summary>The operators of the samples' queries are reviewed as a whole: a change of a plan shows in a file.</summary>
public sealed class SamplePlansTests
{
    public static TheoryData<string> Scripts =>
        [.. Directory.GetFiles(Repository.PathOf("samples"), "*.ksql").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory, MemberData(nameof(Scripts))]
    public async Task The_plans_of_a_sample_are_as_they_were_reviewed(string script)
    {
        var run = await CliRun.InvokeAsync("sql", "explain", Repository.PathOf($"samples/{script}.ksql"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Snapshot.Matches($"tests/SockSort.Cli.Tests/Sql/{script}.plan.txt", run.Output);
    }
}
