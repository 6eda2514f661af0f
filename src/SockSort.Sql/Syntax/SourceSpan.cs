namespace SockSort.Sql.Syntax;

/// <summary>A piece of a script: what a syntax node or a message is about.</summary>
/// <param name="Source">The script; null where a statement was made by the program.</param>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">Characters; 0 for a place between two.</param>
public readonly record struct SourceSpan(SourceText? Source, int Start, int Length)
{
    public static readonly SourceSpan None = new(null, 0, 0);

    public int End => Start + Length;

    /// <summary>The written text.</summary>
    public string Text => Source is null ? "" : Source.Text.Substring(Start, Length);

    /// <summary>The written text as it may be shown: without secrets.</summary>
    public string Shown => Source is null ? "" : Source.Shown.Substring(Start, Length);

    /// <summary>The place where it begins: <c>socks.sql:3:8</c>; empty where there is no script.</summary>
    public string Place
    {
        get
        {
            if (Source is null)
                return "";
            var (line, column) = Source.PositionOf(Start);
            return $"{Source.Name}:{line}:{column}";
        }
    }

    /// <summary>The span from the start of this one to the end of the other.</summary>
    public SourceSpan To(SourceSpan end) => Source is null ? this : new(Source, Start, Math.Max(0, end.End - Start));
}
