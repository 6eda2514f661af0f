using SockSort.Log.Sharing;

namespace SockSort.Sql.Engine.Tests.Sharing;

/// <summary>Partitions that the test deals out.</summary>
internal sealed class DealtShare : IPartitionShare
{
    private readonly HashSet<int> _owned = [];
    private readonly Queue<ShareChange> _changes = [];

    public event Action? Changed;

    public string Name => "pair";

    /// <summary>Whether a former owner has nothing on its way any more.</summary>
    public bool AreSettled { get; set; } = true;

    /// <summary>The most partitions that have been asked for.</summary>
    public int Required { get; private set; }

    public bool Owns(int partition) => _owned.Contains(partition);

    public void Give(params int[] partitions)
    {
        _owned.UnionWith(partitions);
        Put(ShareChangeKind.Given, partitions);
    }

    /// <summary>Asks for partitions, which are owned until the engine has given them up.</summary>
    public void Take(params int[] partitions) => Put(ShareChangeKind.Taken, partitions);

    /// <summary>Others have them, and the engine does not know it yet.</summary>
    public void Forget(params int[] partitions) => _owned.ExceptWith(partitions);

    /// <summary>Tells the engine that others have them.</summary>
    public void Lose(params int[] partitions)
    {
        Forget(partitions);
        Put(ShareChangeKind.Lost, partitions);
    }

    public void Join()
    {
    }

    public void Leave()
    {
    }

    public ShareChange? TryTake() => _changes.TryDequeue(out var change) ? change : null;

    public void Require(int partitions) => Required = Math.Max(Required, partitions);

    public bool IsSettled(int partition) => AreSettled;

    private void Put(ShareChangeKind kind, int[] partitions)
    {
        _changes.Enqueue(new ShareChange(kind, partitions));
        Changed?.Invoke();
    }
}
