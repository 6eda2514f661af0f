using SockSort.Sql.Binding;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>
/// Resolves names in a SELECT without groups: columns, and table functions, each of which gets a slot for its rows' values.
/// </summary>
internal sealed class TableFunctionScope(FromPlan from, PlanNode input) : INameScope
{
    private readonly SourceScope _columns = new(from);
    private readonly List<TableFunctionUse> _uses = [];
    private bool _isInside;

    public IReadOnlyList<TableFunctionUse> Uses => _uses;

    public BoundExpression Column(ColumnName column) => _columns.Column(column);

    public BoundExpression? Whole(Expression expression, ExpressionBinder binder) =>
        expression is FunctionCall call && binder.Functions.Table(call.Name) is { } function
            ? Use(function, call, binder)
            : _columns.Whole(expression, binder);

    private BoundColumn Use(TableFunction function, FunctionCall call, ExpressionBinder binder)
    {
        if (input.IsTable)
            throw JoinErrors.TableFunctionOverTable(call);
        if (_isInside)
            throw JoinErrors.NestedTableFunction(call);
        _isInside = true;
        var arguments = call.Arguments.Select(binder.Bind).ToList();
        _isInside = false;
        var types = arguments.Select(argument => argument.Type).ToList();
        var overloads = function.Overloads.Select(overload => (overload.Parameters, overload.IsVariadic)).ToList();
        var match = OverloadResolver.Find(call, overloads, types, function.Overloads.Select(form => form.Signature));
        var chosen = function.Overloads[match.Index];
        var converted = arguments.Select((argument, i) => Conversions.To(argument, match.Conversions[i])).ToList();
        var result = input.Layout.Add(call.ToString(), chosen.Returns([.. converted.Select(argument => argument.Type)], match.Variables));
        // The rows' values together are no SQL value: the compiled call hands them on as an object.
        var values = new BoundCall(new ScalarFunction(function.Name, function.Description), chosen, converted, SqlType.Null, call.Span);
        _uses.Add(new(values, result, CanonicalText.Of(call, from.TryLabelOf)));
        return new(result, call.Span);
    }
}
