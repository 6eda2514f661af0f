using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Binding;

/// <summary>The mistakes in calls of functions that are no scalar functions.</summary>
internal static class CallErrors
{
    public static SqlException NoScalar(FunctionRegistry functions, FunctionCall call)
    {
        if (functions.Aggregate(call.Name) is not null)
            return BindingErrors.AggregateNotHere(call);
        return functions.Table(call.Name) is not null
            ? BindingErrors.TableFunctionNotHere(call)
            : BindingErrors.UnknownFunction(call, functions.Names);
    }
}
