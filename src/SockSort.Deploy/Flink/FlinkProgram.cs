namespace SockSort.Deploy.Flink;

/// <summary>A script in Flink SQL: tables of a session, and the jobs that work on them.</summary>
public sealed class FlinkProgram
{
    internal FlinkProgram(string script, FlinkLogin login, IReadOnlyList<FlinkJob> jobs, IReadOnlyList<FlinkPassedOver> passedOver) =>
        (Script, Login, Jobs, PassedOver) = (script, login, jobs, passedOver);

    /// <summary>All of it in its order, without semicolons, as Flink's SQL client takes it; secrets are <c>***</c>.</summary>
    public IReadOnlyList<string> Statements =>
        [.. Settings.Select(Set), .. Tables, .. Jobs.SelectMany(job => (string[])[Set(JobName(job)), job.Insert])];

    /// <summary>Whether <c>***</c> stands for something in <see cref="Statements"/>.</summary>
    public bool HidesSecrets => Login.HidesSecrets;

    /// <summary>The script's name, for messages.</summary>
    internal string Script { get; }

    /// <summary>How the tables log in to Kafka.</summary>
    internal FlinkLogin Login { get; }

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

    internal static string Set(KeyValuePair<string, string> setting) => $"SET {FlinkText.Option(setting)}";
}
