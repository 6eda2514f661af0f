using System.Text;
using SockSort.Shared;
using SockSort.Sql.Syntax;

namespace SockSort.Sql;

/// <summary>When a statement failed: its text could not be read, its meaning is wrong, or a record could not be processed.</summary>
public enum SqlPhase
{
    Parse,
    Analysis,
    Run,
}

/// <summary>A statement that cannot be read, understood or run.</summary>
/// <remarks>The message has the form <c>socks.sql:3:8: problem [CODE]; hint</c>, and below it the line with a caret.</remarks>
public sealed class SqlException(string code, SqlPhase phase, SourceSpan at, string problem, string? hint = null, Exception? inner = null)
    : ExpectedException(Render(code, at, problem, hint), inner)
{
    /// <summary>Stable code of the kind of mistake, <c>SQL0102</c>.</summary>
    public override string Code { get; } = code;

    public SqlPhase Phase { get; } = phase;

    public SourceSpan At { get; } = at;

    /// <inheritdoc/>
    public override string? Place => At.Source is null ? null : At.Place;

    /// <summary>The problem without its place.</summary>
    public string Problem { get; } = problem;

    /// <summary>What would be right or what to do next; null where nothing is known.</summary>
    public override string? Hint { get; } = hint;

    /// <summary>Whether the same statement may do at another time.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Line from 1; 0 where the statement has no text.</summary>
    public int Line => At.Source?.PositionOf(At.Start).Line ?? 0;

    /// <summary>The line of the mistake, and below it a caret under what is wrong; empty where the statement has no text.</summary>
    public string MarkedLine => At.Source is null ? "" : LineOf(At, indent: "");

    /// <summary>Column from 1; 0 where the statement has no text.</summary>
    public int Column => At.Source?.PositionOf(At.Start).Column ?? 0;

    /// <summary>The text of a statement cannot be read.</summary>
    internal static SqlException Parse(string code, SourceSpan at, string problem, string? hint) =>
        new(code, SqlPhase.Parse, at, problem, hint);

    /// <summary>The text can be read, and its meaning is wrong.</summary>
    public static SqlException Analysis(string code, SourceSpan at, string problem, string? hint) =>
        new(code, SqlPhase.Analysis, at, problem, hint);

    private static string Render(string code, SourceSpan at, string problem, string? hint)
    {
        var text = new StringBuilder();
        if (at.Source is not null)
            _ = text.Append($"{at.Place}: ");
        _ = text.Append($"{WithoutSecret(problem, at)} [{code}]");
        if (hint is not null)
            _ = text.Append($"; {hint}");
        if (at.Source is not null)
            _ = text.Append("\n  ").Append(LineOf(at, indent: "  "));
        return text.ToString();
    }

    /// <summary>A problem may name what stands at its place.</summary>
    private static string WithoutSecret(string problem, SourceSpan at)
    {
        var (written, shown) = (at.Text, at.Shown);
        return written == shown ? problem : problem.Replace(written.Trim('\''), shown.Trim('\''), StringComparison.Ordinal);
    }

    private static string LineOf(SourceSpan at, string indent)
    {
        var (number, column) = at.Source!.PositionOf(at.Start);
        var line = at.Source.LineAt(number).Replace('\t', ' ');
        var length = Math.Clamp(at.Length, 1, Math.Max(1, line.Length - column + 1));
        return $"{line}\n{indent}{new string(' ', column - 1)}{new string('^', length)}";
    }
}
