using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Tests.Printing;

/// <summary>A syntax tree as text without the places of its parts: equal texts are equal trees.</summary>
internal static class TreeText
{
    public static string Of(object? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? node)
    {
        switch (node)
        {
            case null:
                _ = text.Append('-');
                break;
            case string or BigDecimal or Enum or TimeSpan or bool or int or long or double or char:
                _ = text.Append(CultureInfo.InvariantCulture, $"'{node}'");
                break;
            case IEnumerable items:
                _ = text.Append('[');
                foreach (var item in items)
                    Write(text, item);
                _ = text.Append(']');
                break;
            default:
                Fields(text, node);
                break;
        }
    }

    private static void Fields(StringBuilder text, object node)
    {
        _ = text.Append(node.GetType().Name).Append('(');
        foreach (var field in node.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            if (field.PropertyType == typeof(SourceSpan) || field.GetIndexParameters().Length > 0)
                continue;
            _ = text.Append(field.Name).Append('=');
            Write(text, field.GetValue(node));
        }
        _ = text.Append(')');
    }
}
