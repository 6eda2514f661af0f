using SockSort.Sql.Types;

namespace SockSort.Sql.Functions;

/// <summary>Shows the result type of a form: its rule is called with types that print as the form's parameters do.</summary>
public static class SampleTypes
{
    // Any decimal will do: precision and scale are not shown.
    private static readonly DecimalType SomeDecimal = SqlType.Decimal(20, 4);

    public static string Result(FunctionOverload overload) =>
        Show(() => overload.Returns([.. overload.Parameters.Select(parameter => Of(parameter.Type))], Variables(overload.Parameters)));

    public static string Result(AggregateOverload overload) =>
        Show(() => overload.Returns([.. overload.Parameters.Select(parameter => Of(parameter.Type))]));

    /// <summary>
    /// Shows what a rule returns. A rule may inspect types that the samples only stand for; then the description has to say it.
    /// </summary>
    private static string Show(Func<SqlType> rule)
    {
        try
        {
            return WithoutDigits(rule());
        }
        catch (Exception error) when (error is InvalidCastException or InvalidOperationException or ArgumentException or SqlException)
        {
            return "depends on the arguments";
        }
    }

    private static SqlType Of(TypePattern pattern) => pattern switch
    {
        ExactPattern exact => exact.Type,
        DecimalPattern => SomeDecimal,
        ArrayPattern array => SqlType.ArrayOf(Of(array.Element)),
        MapPattern map => SqlType.MapOf(Of(map.Key), Of(map.Value)),
        _ => new NamedType(pattern.ToString()!),
    };

    private static Dictionary<string, SqlType> Variables(IReadOnlyList<FunctionParameter> parameters)
    {
        var variables = new Dictionary<string, SqlType>();
        foreach (var parameter in parameters)
            Collect(parameter.Type, variables);
        return variables;
    }

    private static void Collect(TypePattern pattern, Dictionary<string, SqlType> variables)
    {
        switch (pattern)
        {
            case VariablePattern variable:
                variables[variable.Name] = new NamedType(variable.Name);
                break;
            case ArrayPattern array:
                Collect(array.Element, variables);
                break;
            case MapPattern map:
                Collect(map.Key, variables);
                Collect(map.Value, variables);
                break;
            case LambdaPattern lambda:
                Collect(lambda.Result, variables);
                break;
            default:
                break;
        }
    }

    private static string WithoutDigits(SqlType type) => type switch
    {
        DecimalType => "DECIMAL",
        ArrayType array => $"ARRAY<{WithoutDigits(array.Element)}>",
        MapType map => $"MAP<{WithoutDigits(map.Key)}, {WithoutDigits(map.Value)}>",
        _ => type.ToString(),
    };

    /// <summary>A type that is only a name: a variable, or ANY.</summary>
    private sealed record NamedType(string Name) : SqlType(SqlBaseType.Null)
    {
        protected override string Shown => Name;
    }
}
