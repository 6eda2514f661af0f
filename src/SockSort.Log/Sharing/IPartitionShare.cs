namespace SockSort.Log.Sharing;

/// <summary>
/// The part that this process has in the work on a log's partitions: several processes of one name divide the partitions' numbers among
/// themselves, each number for one of them, and take over those of one that ends.
/// </summary>
/// <remarks>
/// Who works on the partitions asks for changes between two pieces of work (<see cref="TryTake"/>). A commit names the numbers whose work
/// it stores (<see cref="LogCommit.SharedPartitions"/>); it is refused where another process has them meanwhile.
/// </remarks>
public interface IPartitionShare
{
    /// <summary>Raised on any thread when there is a change to take.</summary>
    event Action? Changed;

    /// <summary>The name that the processes have in common.</summary>
    string Name { get; }

    /// <summary>Begins to take part.</summary>
    void Join();

    /// <summary>Gives all partitions back, without waiting for anybody.</summary>
    void Leave();

    /// <summary>Takes the next change; <see cref="ShareChange.Done"/> is to be called when it is carried out.</summary>
    /// <returns>Null where there is none.</returns>
    ShareChange? TryTake();

    /// <summary>Has at least so many numbers divided.</summary>
    /// <param name="partitions">The most that a topic has.</param>
    /// <exception cref="LogException">The log does not answer.</exception>
    void Require(int partitions);

    /// <summary>
    /// Whether nothing of the former owner of a partition is on its way any more, so that its offsets and state can be read. It does not
    /// wait for long.
    /// </summary>
    /// <exception cref="LogException">The log does not answer.</exception>
    bool IsSettled(int partition);
}
