using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>Picks the overload of a function that fits the arguments with the fewest conversions.</summary>
internal static class OverloadResolver
{
    private const int GenericCost = 10;
    private const int AnyCost = 20;
    private const int VariadicCost = 100;

    // A form that takes the arguments as they are goes before one that converts any, as in ksqlDB's index of functions.
    private const int ConversionCost = 1000;

    /// <param name="Conversions">The type that each argument is converted to; lambdas stay as they are.</param>
    internal sealed record Match(int Index, IReadOnlyList<SqlType> Conversions, Dictionary<string, SqlType> Variables, int Cost);

    /// <summary>Finds the cheapest match.</summary>
    /// <param name="signatures">The signatures of the overloads, for messages.</param>
    /// <exception cref="SqlException">None fits, or several fit equally well.</exception>
    public static Match Find(
        FunctionCall call,
        IReadOnlyList<(IReadOnlyList<FunctionParameter> Parameters, bool IsVariadic)> overloads,
        IReadOnlyList<SqlType> arguments,
        IEnumerable<string> signatures)
    {
        var matches = overloads.Select((overload, i) => TryMatch(i, overload.Parameters, overload.IsVariadic, arguments))
            .OfType<Match>()
            .ToList();
        if (matches.MinBy(match => match.Cost) is not { } best)
            throw BindingErrors.WrongArguments(call, arguments, signatures);
        var unconverted = matches.Where(match => match.Cost < ConversionCost).ToList();
        var alike = (unconverted.Count > 0 ? unconverted : matches)
            .GroupBy(match => Rank(overloads[match.Index]))
            .MaxBy(group => group.Key)!
            .ToList();
        return alike.Count == 1
            ? best
            : throw BindingErrors.AmbiguousArguments(call, arguments, alike.Select(match => signatures.ElementAt(match.Index)));
    }

    /// <summary>ksqlDB's order of forms that fit: any number of arguments last, then fewer parameters, then more variables.</summary>
    private static (bool, int, int) Rank((IReadOnlyList<FunctionParameter> Parameters, bool IsVariadic) overload) =>
        (!overload.IsVariadic, overload.Parameters.Count, -overload.Parameters.Count(parameter => HasVariable(parameter.Type)));

    private static bool HasVariable(TypePattern pattern) => pattern switch
    {
        VariablePattern => true,
        ArrayPattern array => HasVariable(array.Element),
        MapPattern map => HasVariable(map.Key) || HasVariable(map.Value),
        _ => false,
    };

    /// <summary>Finds the parameter that takes the n-th argument.</summary>
    public static FunctionParameter ParameterOf(IReadOnlyList<FunctionParameter> parameters, int argument) =>
        parameters[Math.Min(argument, parameters.Count - 1)];

    private static Match? TryMatch(
        int index, IReadOnlyList<FunctionParameter> parameters, bool isVariadic, IReadOnlyList<SqlType> arguments)
    {
        if (isVariadic ? arguments.Count < parameters.Count - 1 : arguments.Count != parameters.Count)
            return null;
        var variables = new Dictionary<string, SqlType>();
        var cost = isVariadic ? VariadicCost : 0;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Cost(ParameterOf(parameters, i).Type, arguments[i], variables) is not { } step)
                return null;
            cost += step;
        }
        var conversions = arguments.Select((type, i) => Converted(ParameterOf(parameters, i).Type, type, variables)).ToList();
        return new(index, conversions, variables, cost);
    }

    private static int? Cost(TypePattern pattern, SqlType argument, Dictionary<string, SqlType> variables)
    {
        if (pattern is LambdaPattern || argument.Base == SqlBaseType.Lambda)
            return pattern is LambdaPattern && argument.Base == SqlBaseType.Lambda ? 0 : null;
        if (argument.Base == SqlBaseType.TimeUnit)
            return pattern is ExactPattern { Type.Base: SqlBaseType.TimeUnit } ? 0 : null;
        if (argument.Base == SqlBaseType.Null && pattern is not VariablePattern)
            return 1;
        return pattern switch
        {
            ExactPattern { Type.IsTemporal: true } when argument.Base == SqlBaseType.String => ConversionCost,
            ExactPattern exact => Conversions.Distance(argument, exact.Type) * ConversionCost,
            DecimalPattern => argument.Base switch
            {
                SqlBaseType.Decimal => 0,
                SqlBaseType.Bigint => ConversionCost,
                SqlBaseType.Integer => 2 * ConversionCost,
                _ => null,
            },
            StructPattern => argument.Base == SqlBaseType.Struct ? 0 : null,
            AnyPattern => AnyCost,
            VariablePattern variable => Bind(variable.Name, argument, variables),
            ArrayPattern array => argument is ArrayType type ? Cost(array.Element, type.Element, variables) : null,
            MapPattern map => argument is MapType type
                && Cost(map.Key, type.Key, variables) is { } key && Cost(map.Value, type.Value, variables) is { } value
                    ? key + value
                    : null,
            _ => null,
        };
    }

    private static int? Bind(string name, SqlType argument, Dictionary<string, SqlType> variables)
    {
        if (!variables.TryGetValue(name, out var bound))
        {
            variables[name] = argument;
            return GenericCost;
        }
        if (Conversions.Common(bound, argument) is not { } common)
            return null;
        variables[name] = common;
        return GenericCost + (common.Equals(bound) && common.Equals(argument) ? 0 : 1);
    }

    private static SqlType Converted(TypePattern pattern, SqlType argument, Dictionary<string, SqlType> variables) => pattern switch
    {
        ExactPattern exact => exact.Type,
        DecimalPattern => argument.Base == SqlBaseType.Null ? SqlType.Decimal(1, 0) : Conversions.AsDecimal(argument),
        VariablePattern variable => variables[variable.Name],
        ArrayPattern array => argument is ArrayType type
            ? SqlType.ArrayOf(Converted(array.Element, type.Element, variables))
            : SqlType.ArrayOf(Unbound(array.Element, variables)),
        MapPattern map => argument is MapType type
            ? SqlType.MapOf(Converted(map.Key, type.Key, variables), Converted(map.Value, type.Value, variables))
            : SqlType.MapOf(Unbound(map.Key, variables), Unbound(map.Value, variables)),
        _ => argument,
    };

    private static SqlType Unbound(TypePattern pattern, Dictionary<string, SqlType> variables) =>
        pattern is ExactPattern or VariablePattern or ArrayPattern or MapPattern ? pattern.Resolve(variables) : SqlType.Null;
}
