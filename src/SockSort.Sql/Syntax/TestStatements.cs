namespace SockSort.Sql.Syntax;

/// <summary><c>ASSERT VALUES source (columns) VALUES (…)</c>, or <c>ASSERT NULL VALUES source (columns) KEY (…)</c>.</summary>
/// <param name="Expected">The row, written as INSERT writes it.</param>
/// <param name="IsTombstone">Whether the key's row is to be removed: the record has no value.</param>
public sealed record AssertRow(InsertValues Expected, bool IsTombstone, SourceSpan Span) : Statement(Span, StatementTraits.None);

/// <summary><c>ASSERT STREAM|TABLE name (columns) WITH (…)</c>.</summary>
/// <param name="Expected">The columns and settings that are compared; others are not.</param>
public sealed record AssertSource(CreateSource Expected, SourceSpan Span) : Statement(Span, StatementTraits.None);

/// <summary><c>RUN SCRIPT 'file'</c>.</summary>
public sealed record RunScript(string File, SourceSpan FileSpan, SourceSpan Span) : Statement(Span, StatementTraits.None);
