using System.Globalization;

namespace SockSort.Sql.Engine.BuiltIn;

/// <summary>
/// A query of the program's own whose operator is written in .NET. It reads what SELECT statements give and writes streams and tables that
/// are there already; offsets, state and output become durable together, as those of each other query.
/// </summary>
public sealed record BuiltInQuery
{
    /// <summary>Under which its offsets and its state are kept.</summary>
    public required string Id { get; init; }

    /// <summary>Another one where what is kept has another layout: then all is built anew from the oldest records.</summary>
    public required int Version { get; init; }

    /// <summary>A <c>SELECT … EMIT CHANGES</c> over a stream for each input. Read from the oldest record on.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Names of streams and tables; the first is the one that lists show. Their topics have one partition.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Makes the operator, with nothing in its state.</summary>
    public required Func<IBuiltInStep> MakeStep { get; init; }

    /// <summary>What lists show in place of a statement.</summary>
    internal string Text => string.Create(
        CultureInfo.InvariantCulture, $"-- built in, version {Version}; writes {string.Join(", ", Outputs)}\n{string.Join('\n', Inputs)}");
}
