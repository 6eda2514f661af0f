using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Settings;

/// <summary>The mistakes in SET.</summary>
internal static class SettingErrors
{
    public static SqlException Unknown(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0266", at, $"there is no property '{name}'", Names.DidYouMean(name, known) ?? "SHOW PROPERTIES lists them");

    public static SqlException Fixed(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0338", at, $"cannot override property '{name}': it is the server's alone", "leave it out");

    public static SqlException WrongValue(string name, string value, IEnumerable<string> values, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0335", at, $"property '{name}' cannot be '{value}'",
            Names.DidYouMean(value, values) ?? $"it takes {string.Join(", ", values)}");

    public static SqlException SwitchedOff(string what, string property, SourceSpan at) =>
        SqlException.Analysis("SQL0339", at, $"{what} is switched off by {property} = false", $"SET '{property}' = 'true'");
}
