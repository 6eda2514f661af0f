using System.Reflection;
using SockSort.Log;

namespace SockSort.Sql.Engine.Tests.Sharing;

/// <summary>
/// A log that several engines share, as one of them sees it: it refuses what stores work of partitions that are another's, as Kafka does.
/// </summary>
public class SharedLog : DispatchProxy
{
    private ILog _inner = null!;
    private DealtShare _share = null!;

    /// <param name="inner">What all of them write; owned by the caller.</param>
    /// <param name="share">The part of this one.</param>
    internal static ILog Over(ILog inner, DealtShare share)
    {
        var log = Create<ILog, SharedLog>();
        var shared = (SharedLog)(object)log;
        (shared._inner, shared._share) = (inner, share);
        return log;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == "get_Share")
            return _share;
        if (args is [LogCommit commit, ..] && commit.SharedPartitions.Any(partition => !_share.Owns(partition)))
            throw new LogException(LogErrorKind.NotOwned, "another one has the partition");
        try
        {
            return targetMethod.Invoke(_inner, args);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            throw error.InnerException;
        }
    }
}
