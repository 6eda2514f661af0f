using System.Reflection;
using SockSort.Log;

namespace SockSort.Sql.Engine.Tests;

/// <summary>A log that stores a number of commits and refuses those that follow, as if its process had been killed between two.</summary>
public class MortalLog : DispatchProxy
{
    private ILog _inner = null!;

    /// <summary>How many commits it still stores.</summary>
    public int CommitsLeft { get; set; } = int.MaxValue;

    /// <summary>Whether it has refused one.</summary>
    public bool IsDead { get; private set; }

    /// <param name="inner">Owned by the caller.</param>
    /// <param name="life">Says how long it lives.</param>
    public static ILog Over(ILog inner, out MortalLog life)
    {
        var log = Create<ILog, MortalLog>();
        life = (MortalLog)(object)log;
        life._inner = inner;
        return log;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var stores = targetMethod!.Name is nameof(ILog.Commit) or nameof(ILog.CommitAsync) or nameof(ILog.DeleteTopic);
        if (stores && CommitsLeft-- <= 0)
        {
            IsDead = true;
            var error = new LogException(LogErrorKind.Storage, "the process was killed");
            return targetMethod.Name == nameof(ILog.CommitAsync) ? Task.FromException<long[]>(error) : throw error;
        }
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
