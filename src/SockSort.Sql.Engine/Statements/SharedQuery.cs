using SockSort.Log;
using SockSort.Log.Sharing;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Statements;

/// <summary>A query whose partitions are shared, and how the work on one of them is begun.</summary>
/// <param name="core">What statements work on.</param>
/// <param name="whole">Stands for the query; it reads nothing itself.</param>
/// <param name="shared">How its work is divided.</param>
/// <param name="between">The topic between its two stages; null where it has one.</param>
/// <param name="partitions">Into how many partitions its work is divided.</param>
/// <param name="sink">The stream or table that it writes.</param>
/// <param name="session">The properties that the statement was run with.</param>
internal sealed class SharedQuery(
    EngineCore core, RunningQuery whole, SharedPlan shared, string? between, int partitions, DataSource sink, SqlSession session)
{
    private const string FirstStage = "-repartition";

    public RunningQuery Whole => whole;

    public int Partitions => partitions;

    /// <summary>Begins the work on one partition where it stood at its last commit; the queries are for the scheduler.</summary>
    /// <exception cref="LogException">What is kept of it can't be read.</exception>
    public IReadOnlyList<RunningQuery> Begin(int partition)
    {
        List<RunningQuery> tasks = [];
        if (shared.Regrouped is { } regrouped)
            tasks.Add(First(regrouped, partition));
        tasks.Add(Last(partition));
        foreach (var task in tasks)
        {
            foreach (var source in task.Built.Sources)
                Subscribe(task, source, partition);
            task.Restore(core.Log, core.Options.Time.GetUtcNow(), isForgotten: false);
        }
        return tasks;
    }

    private RunningQuery First(Planning.AggregateNode regrouped, int partition)
    {
        var metrics = whole.Built.Metrics;
        var builder = core.Builder(metrics, session);
        var rows = builder.Repartition(regrouped, between!, core.Scheduler.Writes);
        return TaskOf(whole.Id + FirstStage, partition, builder.Build(regrouped.Input, rows), writer: null);
    }

    private RunningQuery Last(int partition)
    {
        var builder = core.Builder(whole.Built.Metrics, session);
        if (shared.Regrouped is { } regrouped)
            builder.Cut = (regrouped, between!);
        var writer = core.Sink(sink, shared.Plan.KeyOrder, session, whole.Built.Metrics);
        return TaskOf(whole.Id, partition, builder.Build(shared.Plan.Root, writer), writer);
    }

    private RunningQuery TaskOf(string name, int partition, BuiltQuery built, TopicSink? writer)
    {
        var id = SharedOwner.Of(name, partition);
        var letters = new DeadLetters(core.Scheduler.Writes, whole.Id, built.Metrics);
        foreach (var source in built.Sources)
            source.DeadLetters = letters;
        return new RunningQuery(id, whole.Sql, sink.Name, shared.Plan, built, push: null)
        {
            Whole = whole,
            Partition = partition,
            Writer = writer,
            DeadLetters = letters,
            Log = core.Events,
        };
    }

    private void Subscribe(RunningQuery task, SourceOperator source, int partition)
    {
        if (partition >= (core.PartitionsOf(source.Topic) ?? 1))
            return;
        var isFromBeginning = source.Topic == between || EngineCore.ReadsFromBeginning(source, session);
        task.Subscribe(source, partition, isFromBeginning
            ? core.Log.FirstOffset(source.Topic, partition)
            : core.Log.EndOffset(source.Topic, partition));
    }
}
