namespace SockSort.Deploy;

/// <summary>What was done, or would be.</summary>
/// <param name="Target">The other side, as <c>http://127.0.0.1:8088/ (ksqlDB 0.29.0)</c>.</param>
/// <param name="Steps">In the order in which they were done.</param>
/// <param name="Running">What runs there for the file now.</param>
public sealed record DeployReport(string Target, IReadOnlyList<DeployStep> Steps, IReadOnlyList<RunningPart> Running)
{
    /// <summary>Whether the other side is another one than before, or would be.</summary>
    public bool HasChanges =>
        Steps.Any(step => step.Outcome is DeployOutcome.Made or DeployOutcome.Changed or DeployOutcome.Removed);

    /// <summary>Whether something is not as the file has it, or has failed.</summary>
    public bool HasTrouble => Steps.Any(step => step.Outcome == DeployOutcome.Differs) || Running.Any(part => part.HasFailed);
}
