using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Sql.Syntax;

namespace SockSort.Client.Prompt;

/// <summary>Maps error positions from a single statement, which is all that the server sees, to the user's script.</summary>
public static partial class StatementPlace
{
    /// <param name="message">
    /// The server's message: ours begins with <c>statement:LINE:COLUMN: </c>, ksqlDB's with <c>line LINE:COLUMN: </c> or without a
    /// position.
    /// </param>
    /// <param name="statement">The position of the statement in its script.</param>
    /// <returns>The message, starting with the script's name, line and column.</returns>
    public static string InScript(string message, SourceSpan statement)
    {
        var (line, column) = statement.Source!.PositionOf(statement.Start);
        var rest = message;
        if (Place().Match(message) is { Success: true } place)
        {
            var (lineWithin, columnWithin) = (Number(place.Groups[1]), Number(place.Groups[2]));
            (line, column) = (line + lineWithin - 1, lineWithin == 1 ? column + columnWithin - 1 : columnWithin);
            rest = message[place.Length..];
        }
        return string.Create(CultureInfo.InvariantCulture, $"{statement.Source.Name}:{line}:{column}: {rest}");
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:statement:|line )(\d{1,6}):(\d{1,6}): ")]
    private static partial Regex Place();
}
