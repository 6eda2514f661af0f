using System.Reflection;
using System.Text;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.PublicApi;

/// <summary>What a project shows to others is reviewed as a whole: a change of it shows in a file.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler makes for each record.
    private static readonly HashSet<string> OfRecords = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "PrintMembers"];

    public static TheoryData<string> Projects =>
    [
        .. SourceProjects.Names.Where(project => project != "Cli").Select(project => $"SockSort.{project}"),
    ];

    [Theory, MemberData(nameof(Projects))]
    public void The_public_surface_of_a_project_is_as_it_was_reviewed(string project)
    {
        var types = Assembly.Load(project).GetExportedTypes().Where(type => !IsGenerated(type));

        var text = new StringBuilder();
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
            Describe(type, text);

        Snapshot.Matches($"tests/SockSort.EndToEnd.Tests/PublicApi/{project}.txt", text.ToString());
    }

    private static bool IsGenerated(Type type) => type.FullName!.Contains("Google.Protobuf", StringComparison.Ordinal)
        || type.GetInterfaces().Any(implemented => implemented.FullName?.StartsWith("Google.Protobuf", StringComparison.Ordinal) == true)
        || type.Name.EndsWith("Reflection", StringComparison.Ordinal) || IsPage(type);

    // Razor makes every component public; nobody outside its room uses them.
    private static bool IsPage(Type type) =>
        type.GetInterfaces().Any(implemented => implemented.FullName == "Microsoft.AspNetCore.Components.IComponent");

    private static void Describe(Type type, StringBuilder text)
    {
        _ = text.Append($"{KindOf(type)} {NameOf(type)}\n");
        var members = type.IsEnum
            ? Enum.GetNames(type).Select(name => name)
            : type.GetMembers(Declared).Where(IsShown).Select(LineOf).Order(StringComparer.Ordinal);
        foreach (var member in members)
            _ = text.Append($"    {member}\n");
    }

    private static bool IsShown(MemberInfo member) => member switch
    {
        Type => false,
        MethodInfo method => !method.IsSpecialName && !OfRecords.Contains(method.Name),
        _ => true,
    };

    private static string KindOf(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        return type.IsValueType ? "struct" : "class";
    }

    private static string LineOf(MemberInfo member) => member switch
    {
        ConstructorInfo made => $"new({Parameters(made)})",
        MethodInfo method => $"{NameOf(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property => $"{NameOf(property.PropertyType)} {property.Name} {{{Accessors(property)}}}",
        FieldInfo field => $"{NameOf(field.FieldType)} {field.Name}",
        EventInfo raised => $"event {NameOf(raised.EventHandlerType!)} {raised.Name}",
        _ => member.Name,
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}"));

    private static string Accessors(PropertyInfo property)
    {
        var set = property.SetMethod is { IsPublic: true } ? " set;" : "";
        return property.GetMethod is { IsPublic: true } ? $" get;{set} " : $"{set} ";
    }

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return $"ref {NameOf(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{NameOf(value)}?";
        var name = type.IsNested && !type.IsGenericParameter ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : type.Name;
        var isOwn = type.Namespace?.StartsWith("SockSort", StringComparison.Ordinal) == true && !type.IsNested && !type.IsGenericParameter;
        var shown = (isOwn ? $"{type.Namespace}.{name}" : name).Split('`')[0];
        return type.IsGenericType ? $"{shown}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : shown;
    }
}
