namespace SockSort.Deploy;

/// <summary>A file and the system that it is brought to.</summary>
public interface IDeployment
{
    /// <summary>Says what <see cref="ApplyAsync"/> would do; changes nothing.</summary>
    /// <exception cref="DeployException">The other side cannot be reached, or refuses the file.</exception>
    Task<DeployReport> PlanAsync(CancellationToken cancellation);

    /// <summary>Says what of the file is there, and how what runs for it is; changes nothing.</summary>
    /// <exception cref="DeployException">The other side cannot be reached.</exception>
    Task<DeployReport> StatusAsync(CancellationToken cancellation);

    /// <summary>Makes what is not there, in the order of the file, and waits for each.</summary>
    /// <param name="done">Called with each step when it is done.</param>
    /// <exception cref="DeployException">
    /// Nothing was changed, since the other side cannot be reached, refuses the file, or has something else there. Or it refuses a part, is
    /// lost or takes too long: the parts before are done, and the message says how many.
    /// </exception>
    Task<DeployReport> ApplyAsync(Action<DeployStep> done, CancellationToken cancellation);

    /// <summary>Removes what the file has made, the last first. Topics and their records stay.</summary>
    /// <param name="isDryRun">Only says what would be done.</param>
    /// <param name="done">Called with each step when it is done.</param>
    /// <exception cref="DeployException">The other side refuses a part, is lost or takes too long.</exception>
    Task<DeployReport> RemoveAsync(bool isDryRun, Action<DeployStep> done, CancellationToken cancellation);
}
