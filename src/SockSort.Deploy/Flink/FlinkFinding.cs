using SockSort.Deploy.Flink.Gateway;

namespace SockSort.Deploy.Flink;

/// <summary>A job of the script, and what Flink has of it.</summary>
/// <param name="There">The job of its name that lives, or else the last one that ended; null where there was none.</param>
internal sealed record FlinkFinding(FlinkJob Job, FlinkJobStatus? There)
{
    /// <summary>Whether a job of this text works.</summary>
    public bool IsThere => There is { IsAlive: true } && There.Name == Job.Name;

    /// <summary>Whether a job of another text works under the name.</summary>
    public bool Differs => There is { IsAlive: true } && There.Name != Job.Name;

    /// <summary>Whether it is missing.</summary>
    public bool IsAbsent => There is not { IsAlive: true };

    /// <summary>Whether something of another text is in the way: IF NOT EXISTS asks for no more than that there is something.</summary>
    public bool IsInTheWay => Differs && !Job.Statement.Leaves;

    /// <summary>The job's id, and where it is of another text, that.</summary>
    public string Detail => There switch
    {
        null => "",
        _ when Differs => $"job {There.Id} was made of another text ({There.Name})",
        _ => $"job {There.Id}",
    };

    /// <summary>Finds the script's jobs among those of Flink.</summary>
    public static IReadOnlyList<FlinkFinding> Of(FlinkProgram program, IReadOnlyList<FlinkJobStatus> jobs) =>
        [.. program.Jobs.Select(job => new FlinkFinding(job, Newest(jobs.Where(one => job.IsNamed(one.Name)))))];

    private static FlinkJobStatus? Newest(IEnumerable<FlinkJobStatus> jobs) =>
        jobs.OrderByDescending(job => job.IsAlive).ThenByDescending(job => job.Started, StringComparer.Ordinal).FirstOrDefault();
}
