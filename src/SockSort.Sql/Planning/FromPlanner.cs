using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Plans FROM: a source, or joins from left to right.</summary>
internal sealed class FromPlanner(MetaStore meta, FunctionRegistry functions, TypeResolver types)
{
    /// <exception cref="SqlException">A source does not exist, or a join is not possible.</exception>
    public FromPlan Plan(Relation relation) => relation switch
    {
        SourceRelation source => new SingleFrom(Source(source)),
        JoinRelation join => new JoinPlanner(functions, types).Join(Plan(join.Left), Source(join.Right), join),
        _ => throw new InvalidOperationException($"no plan for {relation.GetType().Name}"),
    };

    private SourceNode Source(SourceRelation relation)
    {
        var source = meta.Get(relation.Name, relation.Span);
        return new(source, relation.Label, new RowLayout());
    }
}
