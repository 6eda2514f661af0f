using System.Text;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Printing;

/// <summary>Lays a whole script out. Comments are kept: those inside a statement move above it, one behind it stays there.</summary>
public static class ScriptFormatter
{
    /// <returns>The script with LF line ends. Formatting it again changes nothing.</returns>
    /// <exception cref="SqlException">A statement is not well formed.</exception>
    public static string Format(SourceText script)
    {
        var comments = new List<SourceSpan>();
        _ = Lexer.Read(script, comments);
        var text = new StringBuilder();
        var next = 0;
        var end = 0;
        foreach (var statement in SqlParser.Parse(script))
        {
            if (end > 0)
                _ = text.Append('\n');
            for (; next < comments.Count && comments[next].Start < statement.Span.End; next++)
                end = Comment(text, comments[next], end);
            // An empty line that parted a remark from the statement stays.
            if (text.Length > 0 && text is not [.., '\n', '\n'] && end < statement.Span.Start
                && script.Text.AsSpan(end, statement.Span.Start - end).Count('\n') > 1)
                _ = text.Append('\n');
            _ = text.Append(StatementPrinter.Print(statement)).Append(';');
            end = Math.Max(end, statement.Span.End);
            if (next < comments.Count && IsBehind(script, end, comments[next]))
                _ = text.Append(' ').Append(comments[next].Text.TrimEnd());
            if (next < comments.Count && IsBehind(script, end, comments[next]))
                end = comments[next++].End;
            _ = text.Append('\n');
        }
        if (next < comments.Count && end > 0)
            _ = text.Append('\n');
        for (; next < comments.Count; next++)
            end = Comment(text, comments[next], end);
        return text.ToString();
    }

    /// <summary>Writes a comment on lines of its own; an empty line between it and the comment before stays.</summary>
    private static int Comment(StringBuilder text, SourceSpan comment, int previousEnd)
    {
        var between = comment.Source!.Text.AsSpan(previousEnd, Math.Max(0, comment.Start - previousEnd));
        var isFirst = text.Length == 0 || text is [.., '\n', '\n'];
        if (between.Count('\n') > 1 && !isFirst)
            _ = text.Append('\n');
        _ = text.Append(comment.Text.TrimEnd().ReplaceLineEndings("\n")).Append('\n');
        return comment.End;
    }

    /// <summary>Whether the comment stands on the line on which the statement ends, with nothing but its semicolon between.</summary>
    private static bool IsBehind(SourceText script, int end, SourceSpan comment)
    {
        var between = script.Text.AsSpan(end, Math.Max(0, comment.Start - end));
        return !between.Contains('\n') && between.Trim().Trim(';').IsEmpty && !comment.Text.Contains('\n');
    }
}
