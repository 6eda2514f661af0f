namespace SockSort.Deploy.Flink;

/// <summary>A script in Flink SQL: tables of a session, and the jobs that work on them.</summary>
public sealed class FlinkProgram
{
    internal FlinkProgram(string script, IReadOnlyList<FlinkJob> jobs, IReadOnlyList<FlinkPassedOver> passedOver) =>
        (Script, Jobs, PassedOver) = (script, jobs, passedOver);

    /// <summary>All of it in its order, without semicolons, as Flink's SQL client takes it.</summary>
    public IReadOnlyList<string> Statements =>
        [.. Settings.Select(Set), .. Tables, .. Jobs.SelectMany(job => (string[])[Set(JobName(job)), job.Insert])];

    /// <summary>The script's name, for messages.</summary>
    internal string Script { get; }

    /// <summary>What a session needs to know, so that it gives the same.</summary>
    internal static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["table.local-time-zone"] = "UTC",
        // Sums of parts have other last digits than the sum of all in their order.
        ["table.optimizer.agg-phase-strategy"] = "ONE_PHASE",
    };

    /// <summary>Statements that make the tables over Kafka; they last as long as the session.</summary>
    internal IReadOnlyList<string> Tables => [.. Jobs.SelectMany(job => job.Tables).Distinct(StringComparer.Ordinal)];

    /// <summary>In the order of the script.</summary>
    internal IReadOnlyList<FlinkJob> Jobs { get; }

    /// <summary>The statements that make no job.</summary>
    internal IReadOnlyList<FlinkPassedOver> PassedOver { get; }

    internal static KeyValuePair<string, string> JobName(FlinkJob job) => KeyValuePair.Create("pipeline.name", job.Name);

    internal static string Set(KeyValuePair<string, string> setting) => $"SET '{setting.Key}' = {FlinkText.Quote(setting.Value)}";
}
