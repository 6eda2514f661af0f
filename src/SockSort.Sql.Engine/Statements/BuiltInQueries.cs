using SockSort.Sql.Engine.BuiltIn;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Starts queries whose operator is written in .NET.</summary>
internal sealed class BuiltInQueries(EngineCore core)
{
    /// <exception cref="SqlException">A SELECT is wrong, or an output is not there.</exception>
    public RunningQuery Start(BuiltInQuery built)
    {
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        var metrics = new QueryMetrics();
        List<PlannedQuery> plans = [.. built.Inputs.Select(input => Plan(built, input, session))];
        var sinks = built.Outputs.Select(output => core.Sink(core.Source(output, SourceSpan.None), [0], session, metrics));
        var work = new BuiltInOperator(built.MakeStep(), [.. sinks]);
        var builder = core.Builder(metrics, session);
        // The builder collects the sources and operators of all inputs.
        var all = plans.Select((plan, input) => builder.Build(plan.Root, work.Port(input, plan))).ToList()[^1];
        var combined = plans[0] with { Sources = [.. plans.SelectMany(plan => plan.Sources)] };
        var operators = all with { Operators = [.. all.Operators, work] };
        var query = new RunningQuery(built.Id, built.Text, built.Outputs[0], combined, operators, push: null)
        {
            Sinks = built.Outputs,
            Inputs = plans,
            IsBuiltIn = true,
            Log = core.Events,
        };
        return core.StartBuiltIn(query, session);
    }

    private PlannedQuery Plan(BuiltInQuery built, string input, SqlSession session)
    {
        var statement = SqlParser.Parse(new SourceText(built.Id, input + ";"), session.Variables)[0];
        return core.Plan(((QueryStatement)statement).Query, sink: null, session);
    }
}
