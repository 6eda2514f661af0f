namespace SockSort.Log.Sharing;

/// <summary>The topics that processes have in common which share the work on partitions.</summary>
public static class ShareTopics
{
    /// <summary>What their names begin with, before the name of the share; they are hidden from lists of topics.</summary>
    public const string Prefix = "_socksort_share_";
}
