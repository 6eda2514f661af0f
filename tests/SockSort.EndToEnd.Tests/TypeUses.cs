using System.Reflection;
using System.Reflection.Emit;

namespace SockSort.EndToEnd.Tests;

/// <summary>Which types of an assembly name which others of it: in signatures, fields, bases, attributes and method bodies.</summary>
/// <remarks>The instructions are ECMA-335, partition III; a constant leaves no trace in them.</remarks>
internal sealed class TypeUses
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly HashSet<(Type User, Type Used)> _uses = [];
    private readonly Assembly _assembly;

    private TypeUses(Assembly assembly) => _assembly = assembly;

    /// <summary>
    /// Each pair once; a nested type counts as the type around it, and what the compiler has made beside all types is left out.
    /// </summary>
    public static IReadOnlyCollection<(Type User, Type Used)> Of(Assembly assembly)
    {
        var uses = new TypeUses(assembly);
        foreach (var type in assembly.GetTypes())
            uses.Read(type);
        return [.. uses._uses.Where(use => IsWritten(use.User) && IsWritten(use.Used))];
    }

    private void Read(Type type)
    {
        Add(type, type.BaseType);
        foreach (var used in type.GetInterfaces())
            Add(type, used);
        foreach (var attribute in type.GetCustomAttributesData())
            Add(type, attribute.AttributeType);
        foreach (var field in type.GetFields(All))
            Add(type, field.FieldType);
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            Read(type, method);
    }

    private void Read(Type type, MethodBase method)
    {
        Add(type, (method as MethodInfo)?.ReturnType);
        foreach (var parameter in method.GetParameters())
            Add(type, parameter.ParameterType);
        if (method.GetMethodBody() is not { } body)
            return;
        foreach (var local in body.LocalVariables)
            Add(type, local.LocalType);
        foreach (var clause in body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause))
            Add(type, clause.CatchType);
        foreach (var token in TokensIn(body.GetILAsByteArray()!))
            Add(type, Resolve(method, token));
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }

    private static IEnumerable<int> TokensIn(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE)
                value = (short)((value << 8) | il[at++]);
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(il, at);
            at += operand == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(il, at)) : SizeOf(operand);
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private void Add(Type user, MemberInfo? used)
    {
        switch (used)
        {
            case Type type:
                Add(user, type);
                break;
            case not null:
                Add(user, used.DeclaringType);
                break;
        }
        if (used is FieldInfo field)
            Add(user, field.FieldType);
    }

    private void Add(Type user, Type? used)
    {
        while (used?.HasElementType == true)
            used = used.GetElementType();
        if (used is null || used.IsGenericParameter)
            return;
        if (used.IsGenericType)
        {
            foreach (var argument in used.GetGenericArguments())
                Add(user, argument);
        }
        if (used.Assembly == _assembly)
            _ = _uses.Add((Outermost(user), Outermost(used)));
    }

    private static bool IsWritten(Type type) => !type.Name.StartsWith('<');

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } around)
            type = around;
        return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    }
}
