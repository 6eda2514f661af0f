using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Binding;

/// <summary>Binds expressions: gives names their columns and functions, and every part its type.</summary>
internal sealed class ExpressionBinder(FunctionRegistry functions, TypeResolver types, INameScope scope)
{
    private readonly Stack<LambdaParameter> _parameters = new();

    public FunctionRegistry Functions => functions;

    /// <exception cref="SqlException">A name is unknown or types do not fit; its phase is <see cref="SqlPhase.Analysis"/>.</exception>
    public BoundExpression Bind(Expression expression) => scope.Whole(expression, this) ?? expression switch
    {
        NullLiteral literal => new BoundConstant(null, SqlType.Null, literal.Span),
        BooleanLiteral literal => new BoundConstant(literal.Value, SqlType.Boolean, literal.Span),
        IntegerLiteral literal => new BoundConstant(literal.Value, SqlType.Integer, literal.Span),
        BigintLiteral literal => new BoundConstant(literal.Value, SqlType.Bigint, literal.Span),
        DecimalLiteral literal => BindDecimal(literal),
        DoubleLiteral literal => new BoundConstant(literal.Value, SqlType.Double, literal.Span),
        StringLiteral literal => new BoundConstant(literal.Value, SqlType.String, literal.Span),
        TimeUnitLiteral unit => BindUnit(unit),
        ColumnName column => BindColumn(column),
        FieldAccess access => BindField(access),
        Subscript subscript => BindSubscript(subscript),
        Negation negation => BindNegation(negation),
        Arithmetic arithmetic => BindArithmetic(arithmetic),
        Comparison comparison =>
            ComparisonBinder.Bind(
                comparison.Operator, BindBeside(comparison.Left, comparison.Right), BindBeside(comparison.Right, comparison.Left),
                comparison),
        Logical logical =>
            new BoundLogical(logical.Operator == "AND", BindCondition(logical.Left), BindCondition(logical.Right), logical.Span),
        Not not => new BoundNot(BindCondition(not.Operand), not.Span),
        IsNull isNull => new BoundIsNull(Bind(isNull.Operand), isNull.Negated, isNull.Span),
        Between between => BindBetween(between),
        InList inList => BindIn(inList),
        Like like => BindLike(like),
        Case @case => BindCase(@case),
        Cast cast => CastBinder.Bind(Bind(cast.Operand), types.Resolve(cast.Type), cast.Span),
        ArrayConstructor or MapConstructor or StructConstructor => new ConstructorBinder(this).Bind(expression),
        FunctionCall call => BindCall(call),
        Lambda lambda => throw BindingErrors.LambdaOutsideCall(lambda.Span),
        _ => throw new InvalidOperationException($"no binding of {expression.GetType().Name}"),
    };

    /// <summary>Binds an expression that must be BOOLEAN.</summary>
    /// <exception cref="SqlException">The expression is of another type.</exception>
    public BoundExpression BindCondition(Expression expression)
    {
        var bound = Bind(expression);
        return bound.Type.Base switch
        {
            SqlBaseType.Boolean => bound,
            SqlBaseType.Null => Conversions.To(bound, SqlType.Boolean),
            _ => throw BindingErrors.NotBoolean(expression, bound.Type),
        };
    }

    /// <summary>Binds one side of a comparison: beside a record's time or a window's bound, text is read as a moment.</summary>
    private BoundExpression BindBeside(Expression expression, Expression other)
    {
        var isTime = other is ColumnName { Name: "ROWTIME" or "WINDOWSTART" or "WINDOWEND" } or FunctionCall
        {
            Name: "WINDOWSTART" or "WINDOWEND",
            Arguments.Count: 0,
        };
        if (!isTime || expression is not StringLiteral text)
            return Bind(expression);
        try
        {
            return new BoundConstant(TemporalText.Timestamp(text.Value).Milliseconds, SqlType.Bigint, text.Span);
        }
        catch (FormatException)
        {
            throw BindingErrors.WrongLiteral(text.Value, SqlType.Timestamp, text.Span);
        }
    }

    private static BoundConstant BindDecimal(DecimalLiteral literal)
    {
        var precision = Math.Max(literal.Value.Precision, literal.Value.Scale);
        return new(literal.Value, SqlType.Decimal(precision, literal.Value.Scale), literal.Span);
    }

    private static BoundConstant BindUnit(TimeUnitLiteral unit)
    {
        var name = unit.Unit.EndsWith('S') ? unit.Unit : unit.Unit + "S";
        return new(Enum.Parse<TimeUnit>(name, ignoreCase: true), SqlType.TimeUnit, unit.Span);
    }

    private BoundExpression BindColumn(ColumnName column)
    {
        var parameter = column.Qualifier is null ? _parameters.FirstOrDefault(p => p.Name == column.Name) : null;
        return parameter is null ? scope.Column(column) : new BoundParameter(parameter, column.Span);
    }

    private BoundField BindField(FieldAccess access)
    {
        var structure = Bind(access.Base);
        if (structure.Type is not StructType row)
            throw BindingErrors.NotAStruct(access, structure.Type);
        var index = row.IndexOf(access.Field);
        return index >= 0
            ? new(structure, index, row.Fields[index].Type, access.Span)
            : throw BindingErrors.UnknownField(access, row);
    }

    private BoundExpression BindSubscript(Subscript subscript)
    {
        var collection = Bind(subscript.Base);
        var index = Bind(subscript.Index);
        switch (collection.Type)
        {
            case ArrayType array when index.Type.Base is SqlBaseType.Integer or SqlBaseType.Bigint:
                return new BoundElement(collection, Conversions.To(index, SqlType.Integer), array.Element, subscript.Span);
            case MapType map when Conversions.CanWiden(index.Type, map.Key):
                return new BoundMapValue(collection, Conversions.To(index, map.Key), map.Value, subscript.Span);
            case StructType:
                throw BindingErrors.SubscriptOnStruct(subscript);
            default:
                throw BindingErrors.WrongSubscript(subscript, collection.Type, index.Type);
        }
    }

    private BoundNegation BindNegation(Negation negation)
    {
        var operand = Bind(negation.Operand);
        return operand.Type.IsNumeric ? new(operand, negation.Span) : throw BindingErrors.NotNumeric(negation.Operand, operand.Type);
    }

    private BoundArithmetic BindArithmetic(Arithmetic arithmetic)
    {
        var (left, right) = (Bind(arithmetic.Left), Bind(arithmetic.Right));
        // NULL is no number (push-queries.json: NULL Arithmetic Behavior); a cast gives it a type.
        var type = Conversions.ArithmeticType(arithmetic.Operator, left.Type, right.Type)
            ?? throw BindingErrors.NoArithmetic(arithmetic, left.Type, right.Type);
        return type is DecimalType
            ? new(arithmetic.Operator, Conversions.To(left, Conversions.AsDecimal(left.Type)), Conversions.To(
                right, Conversions.AsDecimal(right.Type)), type, arithmetic.Span)
            : new(arithmetic.Operator, Conversions.To(left, type), Conversions.To(right, type), type, arithmetic.Span);
    }

    private BoundExpression BindBetween(Between between)
    {
        var operand = Bind(between.Operand);
        var (from, to) = (BindBeside(between.Low, between.Operand), BindBeside(between.High, between.Operand));
        var low = ComparisonBinder.Bind(">=", operand, from, between);
        var high = ComparisonBinder.Bind("<=", operand, to, between);
        var both = new BoundLogical(true, low, high, between.Span);
        if (!between.Negated)
            return both;
        // With a NULL among them neither BETWEEN nor NOT BETWEEN holds (between.json).
        var below = ComparisonBinder.Bind("<", operand, from, between);
        var above = ComparisonBinder.Bind(">", operand, to, between);
        return new BoundLogical(false, below, above, between.Span);
    }

    private BoundExpression BindIn(InList inList)
    {
        var operand = Bind(inList.Operand);
        var (common, items) = InListBinder.Bind(this, operand, inList);
        var bound = new BoundIn(common, items, inList.Span);
        return inList.Negated ? new BoundNot(bound, inList.Span) : bound;
    }

    private BoundExpression BindLike(Like like)
    {
        var (operand, pattern) = (Bind(like.Operand), Bind(like.Pattern));
        if (operand.Type.Base is not (SqlBaseType.String or SqlBaseType.Null))
            throw BindingErrors.LikeNeedsString(like.Operand, operand.Type);
        if (pattern.Type.Base is not (SqlBaseType.String or SqlBaseType.Null))
            throw BindingErrors.LikeNeedsString(like.Pattern, pattern.Type);
        var bound = new BoundLike(Conversions.To(operand, SqlType.String), Conversions.To(pattern, SqlType.String), like.Escape, like.Span);
        return like.Negated ? new BoundNot(bound, like.Span) : bound;
    }

    private BoundCase BindCase(Case expression)
    {
        var whens = expression.Whens.Select(when => (Condition: BindWhen(expression, when), Result: Bind(when.Then))).ToList();
        var otherwise = expression.Else is null ? new BoundConstant(null, SqlType.Null, expression.Span) : Bind(expression.Else);
        var type = whens.Select(when => when.Result).Append(otherwise).Aggregate(SqlType.Null, (common, result) =>
            Conversions.Common(common, result.Type) ?? throw BindingErrors.CaseTypesDiffer(common, result.Type, result.Span));
        if (type.Base == SqlBaseType.Null)
            throw BindingErrors.CaseWithoutType(expression.Span);
        var converted = whens.Select(when => new BoundWhen(when.Condition, Conversions.To(when.Result, type))).ToList();
        return new(converted, Conversions.To(otherwise, type), type, expression.Span);
    }

    private BoundExpression BindWhen(Case expression, WhenClause when) => expression.Operand is null
        ? BindCondition(when.When)
        : ComparisonBinder.Bind(
            "=", Bind(expression.Operand), Bind(when.When), new Comparison("=", expression.Operand, when.When, when.When.Span));

    private BoundExpression BindCall(FunctionCall call)
    {
        if (functions.Scalar(call.Name) is not { } function)
            throw CallErrors.NoScalar(functions, call);
        CheckUnit(function, call);
        var arguments = call.Arguments.Select(argument => argument is Lambda ? null : Bind(argument)).ToList();
        var overloads = function.Overloads.Select(overload => (overload.Parameters, overload.IsVariadic)).ToList();
        var types = arguments.Select(argument => argument?.Type ?? SqlType.Lambda).ToList();
        var match = OverloadResolver.Find(call, overloads, types, function.Overloads.Select(form => form.Signature));
        var overload = function.Overloads[match.Index];
        var bound = new List<BoundExpression>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var pattern = OverloadResolver.ParameterOf(overload.Parameters, i).Type;
            bound.Add(arguments[i] is { } argument
                ? Conversions.To(argument, match.Conversions[i])
                : BindLambda((Lambda)call.Arguments[i], (LambdaPattern)pattern, match.Variables));
        }
        var type = overload.Returns([.. bound.Select(argument => argument.Type)], match.Variables);
        return new BoundCall(function, overload, bound, type, call.Span);
    }

    /// <summary>Refuses a name in place of a unit of time that is no column either: it is a unit that does not exist.</summary>
    private void CheckUnit(ScalarFunction function, FunctionCall call)
    {
        if (call.Arguments is not [ColumnName unit, ..]
            || !function.Overloads.All(overload => overload.Parameters is [{ Type: ExactPattern { Type.Base: SqlBaseType.TimeUnit } }, ..]))
            return;
        try
        {
            _ = Bind(unit);
        }
        catch (SqlException)
        {
            throw BindingErrors.UnknownUnit(unit);
        }
    }

    private BoundLambda BindLambda(Lambda lambda, LambdaPattern pattern, Dictionary<string, SqlType> variables)
    {
        if (lambda.Parameters.Count != pattern.Parameters.Count)
            throw BindingErrors.WrongLambda(lambda, pattern.Parameters.Count);
        var parameters = lambda.Parameters.Zip(
            pattern.Parameters, (name, type) => new LambdaParameter(name, type.Resolve(variables))).ToList();
        parameters.ForEach(_parameters.Push);
        var body = Bind(lambda.Body);
        parameters.ForEach(_ => _parameters.Pop());
        if (pattern.Result is VariablePattern result && !variables.ContainsKey(result.Name))
            variables[result.Name] = body.Type;
        else
            body = Conversions.Distance(body.Type, pattern.Result.Resolve(variables)) is null
                ? throw BindingErrors.WrongLambdaResult(lambda, body.Type, pattern.Result.Resolve(variables))
                : Conversions.To(body, pattern.Result.Resolve(variables));
        return new(parameters, body, lambda.Span);
    }
}
