using System.Linq.Expressions;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Code that is made when it is first needed: a query that has nothing to do starts without it.</summary>
/// <remarks>Making it takes about a millisecond, most of it for the machine code; a thousand queries would wait for that.</remarks>
internal sealed class CompiledLater<T>(Expression<T> source)
    where T : Delegate
{
    private T? _compiled;

    /// <summary>Used by one thread at a time.</summary>
    public T Value => _compiled ??= source.Compile();
}
