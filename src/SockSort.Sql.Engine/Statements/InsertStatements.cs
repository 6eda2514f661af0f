using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs INSERT INTO … SELECT and INSERT INTO … VALUES.</summary>
internal sealed class InsertStatements(EngineCore core)
{
    public MessageResult Select(InsertSelect statement, SqlSession session)
    {
        var sink = core.Source(statement.Target, statement.NameSpan);
        if (sink.IsTable)
            throw InsertErrors.IntoTable(sink.Name, statement.NameSpan);
        if (sink.IsReadOnly)
            throw StatementErrors.ReadOnlySource(sink.Name, sink.KindName, "insert into", statement.NameSpan);
        OwnTopics.RefuseToWrite(sink.Topic, statement.NameSpan);
        SourceStatements.RefuseLimit(statement.Query, "INSERT INTO … SELECT");
        var plan = core.Plan(statement.Query, new(sink.Name), session);
        if (plan.IsTable)
            throw StatementErrors.ResultKind(sink.Name, plan.IsTable, statement.NameSpan);
        CheckSchema(sink, plan, statement);
        var id = core.NextQueryId("INSERTQUERY", "", session);
        var query = core.StartPersistent(id, statement.Span.Text, plan, sink, session);
        return new($"Created query with ID {id}", query.Note is null ? [] : [query.Note], id);
    }

    public MessageResult Values(InsertValues statement, SqlSession session)
    {
        if (session.IsOff(EngineProperties.InsertValues))
            throw SettingErrors.SwitchedOff("INSERT INTO … VALUES", EngineProperties.InsertValues, statement.Span);
        var (topic, record) = RecordOf(statement, core.Options.Time.GetUtcNow().ToUnixTimeMilliseconds());
        core.Append(topic, [record]);
        return new("");
    }

    /// <summary>Makes the record of an INSERT INTO … VALUES, and names its topic.</summary>
    /// <param name="statement">The statement with the row.</param>
    /// <param name="nowMs">The record's timestamp where the row names none, in milliseconds since 1970.</param>
    /// <exception cref="SqlException">A value does not fit, or nothing may be inserted there.</exception>
    public (string Topic, NewRecord Record) RecordOf(InsertValues statement, long nowMs)
    {
        var source = core.Source(statement.Target, statement.NameSpan);
        OwnTopics.RefuseToWrite(source.Topic, statement.NameSpan);
        if (source.IsReadOnly)
            throw StatementErrors.ReadOnlySource(source.Name, source.KindName, "insert values into", statement.NameSpan);
        if (source.Window is not null)
            throw InsertErrors.IntoWindowed(source.Name, source.KindName, statement.NameSpan);
        var headers = source.Schema.Headers.Select(header => header.Name).ToList();
        if (headers.Count > 0 && (statement.Columns.Count == 0 || statement.Columns.Any(headers.Contains)))
            throw InsertErrors.IntoHeaders(source.Name, headers, statement.Span);
        var row = ValuesRow.Of(statement, source, core);
        row.RequireKey(statement.Span);
        return (source.Topic, NewRecord.Of(row.RowTime ?? nowMs, row.Key(), row.Value()));
    }

    /// <summary>Checks that a query's result fits the sink: names may differ, types and their order may not (insert-into.json).</summary>
    private static void CheckSchema(DataSource sink, PlannedQuery plan, InsertSelect statement)
    {
        var (expected, given) = (sink.Schema, plan.Schema);
        var fits = Types(expected.Keys).SequenceEqual(Types(given.Keys)) && expected.Values.Count == given.Values.Count
            && expected.Values.Zip(given.Values).All(pair => pair.First.Type.Equals(pair.Second.Type));
        if (!fits)
            throw InsertErrors.IncompatibleSchema(sink.Name, expected, given, statement.Query.Span);
    }

    private static IEnumerable<SqlType> Types(IEnumerable<SourceColumn> columns) => columns.Select(column => column.Type);
}
