using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Plans FROM.</summary>
internal sealed class FromPlanner(MetaStore meta, FunctionRegistry functions, TypeResolver types)
{
    /// <exception cref="SqlException">A source does not exist.</exception>
    public FromPlan Plan(Relation relation)
    {
        _ = (functions, types);
        return relation switch
        {
            SourceRelation source => new SingleFrom(Source(source)),
            _ => throw SqlErrors.NotYet("a join", relation.Span),
        };
    }

    private SourceNode Source(SourceRelation relation)
    {
        var source = meta.Find(relation.Name)
            ?? throw SqlErrors.SourceNotFound(relation.Name, meta.Sources.Select(known => known.Name), relation.Span);
        return new(source, relation.Label, new RowLayout());
    }
}
