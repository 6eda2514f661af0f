using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs CREATE, DROP and ALTER of streams and tables, and CREATE/DROP TYPE.</summary>
internal sealed class SourceStatements(EngineCore core)
{
    public MessageResult Create(CreateSource statement, SqlSession session)
    {
        var existing = core.Meta.Find(statement.Name);
        RefuseReplace(statement.OrReplace, session, statement.NameSpan);
        RefuseReplace(statement, existing);
        if (existing is not null && !statement.OrReplace)
            return Exists(existing, statement.IfNotExists, statement.NameSpan);
        var with = new SourceProperties(statement.With);
        var source = new SourceFactory(core.Meta, core.Defaults(session)).Create(statement, with);
        if (existing is not null)
            CheckReplace(existing, source, statement.NameSpan);
        RefuseRetention(source, with);
        OwnTopics.RefuseToShow(source.Topic, with.SpanOf("KAFKA_TOPIC"));
        var notes = new List<string>();
        if (core.PartitionsOf(source.Topic) is null && !core.Options.MakesTopics && with.Partitions is null)
            throw TopicErrors.NotFound(source.Topic, core.Log.Topics().Select(topic => topic.Name), with.SpanOf("KAFKA_TOPIC"));
        RefusePartitions(source.Topic, with);
        if (core.EnsureTopic(source.Topic, with.Partitions, RetentionOf(with)))
            notes.Add($"topic '{source.Topic}' did not exist and was made");
        core.Meta.Put(source);
        return new($"{Capital(source)} {(existing is null ? "created" : "replaced")}", notes);
    }

    public MessageResult CreateAs(CreateAsSelect statement, SqlSession session)
    {
        var existing = core.Meta.Find(statement.Name);
        RefuseReplace(statement.OrReplace, session, statement.NameSpan);
        if (existing is { IsReadOnly: true } && statement.OrReplace)
            throw StatementErrors.ReplaceOfReadOnly(statement.Name, existing.KindName, statement.NameSpan);
        if (existing is not null && !statement.OrReplace)
            return Exists(existing, statement.IfNotExists, statement.NameSpan);
        if (existing is not null && core.Shared is not null)
            throw SharedErrors.Replace(statement.NameSpan);
        RefuseLimit(statement.Query, $"CREATE {(statement.IsTable ? "TABLE" : "STREAM")} … AS SELECT");
        var with = new SourceProperties(statement.With);
        with.CheckValues();
        var timestamp = with.TimestampColumn is { } column ? (column, with.SpanOf("TIMESTAMP")) : ((string, SourceSpan)?)null;
        var plan = core.Plan(statement.Query, new(statement.Name, timestamp), session);
        if (plan.IsTable != statement.IsTable)
            throw StatementErrors.ResultKind(statement.Name, plan.IsTable, statement.NameSpan);
        // A replaced query keeps its name, as in ksqlDB.
        var id = existing?.QueryId ?? core.NextQueryId(statement.IsTable ? "CTAS" : "CSAS", statement.Name, session);
        var sink = new SourceFactory(core.Meta, core.Defaults(session)).Create(statement, with, plan, id);
        RefuseRetention(sink, with);
        OwnTopics.RefuseToWrite(sink.Topic, statement.NameSpan);
        RefusePartitions(sink.Topic, with);
        var replaced = existing is null ? null : Replace(existing, sink, statement);
        // As many partitions as the first source has, as in ksqlDB.
        _ = core.EnsureTopic(
            sink.Topic, with.Partitions ?? core.PartitionsOf(plan.Sources[0].Source.Topic), RetentionOf(with) ?? RetentionOf(statement));
        core.Meta.Put(sink);
        var query = StartedWithItsSink(() => core.StartPersistent(id, statement.Span.Text, plan, sink, session), sink, existing);
        if (replaced is not null)
            query.Replace(replaced);
        return new($"Created query with ID {id}", query.Note is null ? [] : [query.Note], id);
    }

    /// <summary>Takes a sink back whose query does not start: it would be there without anybody who writes it.</summary>
    private RunningQuery StartedWithItsSink(Func<RunningQuery> start, DataSource sink, DataSource? existing)
    {
        try
        {
            return start();
        }
        catch when (existing is null)
        {
            core.Meta.Remove(sink.Name);
            throw;
        }
    }

    public MessageResult Drop(DropSource statement)
    {
        if (core.Meta.Find(statement.Name) is not { } source)
        {
            return statement.IfExists
                ? new($"Source {Quoted(statement.Name)} does not exist.")
                : throw core.Meta.NotFound(statement.Name, statement.NameSpan);
        }
        if (source.IsTable != statement.IsTable)
            throw StatementErrors.WrongKind(source.Name, source.IsTable, statement.NameSpan);
        if (statement.DeleteTopic && source.IsReadOnly)
            throw StatementErrors.ReadOnlySource(source.Name, source.KindName, "delete the topic of", statement.NameSpan);
        if (statement.DeleteTopic && core.Shared is not null)
            throw SharedErrors.DeleteTopic(statement.Span);
        if (statement.DeleteTopic)
            RefuseDeletionOfShared(source, statement.NameSpan);
        var own = core.PersistentQueries.Where(query => query.Id == source.QueryId).ToList();
        var users = core.PersistentQueries.Except(own)
            .Where(query => query.Uses(source.Name)).ToList();
        if (users.Count > 0)
            throw StatementErrors.InUse(source.Name, users.Select(query => query.Id), statement.NameSpan);
        own.ForEach(query => core.Stop(query, forget: true));
        core.Meta.Remove(source.Name);
        if (statement.DeleteTopic)
            core.DeleteTopic(source.Topic);
        return new($"Source {Quoted(source.Name)} (topic: {source.Topic}) was dropped.");
    }

    public MessageResult Alter(AlterSource statement)
    {
        var source = core.Source(statement.Name, statement.NameSpan);
        if (source.IsReadOnly)
            throw StatementErrors.AlterOfReadOnly(source.Name, source.KindName, statement.NameSpan);
        if (source.QueryId is not null)
            throw StatementErrors.AlterOfQuery(source.Name, source.KindName, statement.NameSpan);
        if (source.IsTable != statement.IsTable)
            throw StatementErrors.WrongKind(source.Name, source.IsTable, statement.NameSpan);
        core.Meta.Put(SourceFactory.Alter(source, statement, core.Meta.Types));
        return new($"{Capital(source)} {source.Name} altered successfully.");
    }

    public MessageResult CreateType(CreateType statement)
    {
        if (core.Meta.Types.ContainsKey(statement.Name))
            return statement.IfNotExists
                ? new($"{statement.Name} is already registered with type {core.Meta.Types[statement.Name]}")
                : throw StatementErrors.TypeExists(statement.Name, statement.NameSpan);
        var type = new TypeResolver(core.Meta.Types).Resolve(statement.Type);
        core.Meta.PutType(statement.Name, type);
        return new($"Registered custom type with name '{statement.Name}' and SQL type {type}");
    }

    public MessageResult DropType(DropType statement) => core.Meta.RemoveType(statement.Name)
        ? new($"Dropped type '{statement.Name}'")
        : statement.IfExists
            ? new($"Type '{statement.Name}' does not exist")
            : throw StatementErrors.TypeNotFound(statement.Name, core.Meta.Types.Keys, statement.NameSpan);

    /// <summary>The topic's retention in the WITH clause; null where it names none, and all is kept.</summary>
    private static TopicRetention? RetentionOf(SourceProperties with) =>
        with.HasRetention ? new(with.RetentionTime, with.RetentionBytes) : null;

    /// <summary>
    /// As in ksqlDB, a windowed table's topic keeps its rows as long as the query keeps its windows, where the statement says how long that
    /// is.
    /// </summary>
    private static TopicRetention? RetentionOf(CreateAsSelect statement) =>
        statement.Query.Window is { Retention: { } time } ? new(time, Bytes: null) : null;

    private static void RefuseRetention(DataSource source, SourceProperties with)
    {
        if (with.HasRetention && source is { IsTable: true, Window: null })
            throw StatementErrors.RetentionOfTable(source.Name, with.SpanOf(with.Has("RETENTION_MS") ? "RETENTION_MS" : "RETENTION_BYTES"));
    }

    /// <exception cref="SqlException">Other streams or tables lie on the topic, or it is one of the program's own.</exception>
    private void RefuseDeletionOfShared(DataSource source, SourceSpan at)
    {
        OwnTopics.RefuseToWrite(source.Topic, at);
        var others = core.Meta.Sources.Where(other => other.Topic == source.Topic && other.Name != source.Name).ToList();
        if (others.Count > 0)
            throw TopicErrors.Shared(source.Topic, others.Select(other => other.Name), at);
    }

    /// <exception cref="SqlException">The query that writes on for good has a LIMIT.</exception>
    internal static void RefuseLimit(Query query, string statement)
    {
        if (query.Limit is not null)
            throw StatementErrors.LimitOfPersistent(statement, query.Span);
    }

    /// <summary>
    /// As in ksqlDB, a topic that is there has as many partitions as the statement says. While statements run again it may be another
    /// topic.
    /// </summary>
    private void RefusePartitions(string topic, SourceProperties with)
    {
        if (!core.IsReplaying && with.Partitions is { } wanted && core.PartitionsOf(topic) is { } existing && existing != wanted)
            throw TopicErrors.OtherPartitions(topic, existing, wanted, with.SpanOf("PARTITIONS"));
    }

    private static void RefuseReplace(bool isAsked, SqlSession session, SourceSpan at)
    {
        if (isAsked && session.IsOff(EngineProperties.CreateOrReplace))
            throw SettingErrors.SwitchedOff("CREATE OR REPLACE", EngineProperties.CreateOrReplace, at);
    }

    private static void RefuseReplace(CreateSource statement, DataSource? existing)
    {
        if (statement.OrReplace && (statement.IsReadOnly || existing is { IsReadOnly: true }))
            throw StatementErrors.ReplaceOfReadOnly(statement.Name, statement.IsTable ? "table" : "stream", statement.NameSpan);
    }

    private static MessageResult Exists(DataSource existing, bool ifNotExists, SourceSpan at) => ifNotExists
        ? new($"Cannot add {existing.KindName} {Quoted(existing.Name)}: A {existing.KindName} with the same name already exists.")
        : throw StatementErrors.SourceExists(existing.Name, existing.KindName, at);

    /// <summary>Stops the query that wrote the source, and returns it; null where none did.</summary>
    private RunningQuery? Replace(DataSource existing, DataSource sink, CreateAsSelect statement)
    {
        CheckReplace(existing, sink, statement.NameSpan);
        var query = core.PersistentQueries.FirstOrDefault(query => query.Id == existing.QueryId);
        if (query is not null)
            core.Stop(query, forget: true);
        return query;
    }

    /// <summary>Checks that old columns keep their place and type; new ones may follow.</summary>
    private static void CheckReplace(DataSource existing, DataSource replacement, SourceSpan at)
    {
        if (existing.IsTable != replacement.IsTable)
            throw StatementErrors.WrongKind(existing.Name, existing.IsTable, at);
        if (existing.Topic != replacement.Topic)
            throw StatementErrors.IncompatibleReplace(existing.Name, $"its topic is {existing.Topic}, not {replacement.Topic}", at);
        var (old, now) = (existing.Schema, replacement.Schema);
        if (!old.Keys.SequenceEqual(now.Keys) || !old.Values.SequenceEqual(now.Values.Take(old.Values.Count)))
            throw StatementErrors.IncompatibleReplace(existing.Name, $"its columns are {old}", at);
    }

    private static string Capital(DataSource source) => source.IsTable ? "Table" : "Stream";

    private static string Quoted(string name) => $"`{name}`";
}
