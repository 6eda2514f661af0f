using System.Linq.Expressions;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Code that is compiled when it is first needed: a query that has nothing to do starts without it.</summary>
/// <remarks>Compiling takes about a millisecond, most of it for the machine code; a thousand queries would wait for that.</remarks>
/// <param name="isBrief">Whether it runs for a few rows only: to go through the expression costs less then than machine code.</param>
internal sealed class CompiledLater<T>(Expression<T> source, bool isBrief)
    where T : Delegate
{
    private T? _compiled;

    /// <summary>The compiled code. Not for several threads at a time.</summary>
    public T Value => _compiled ??= source.Compile(preferInterpretation: isBrief);
}
