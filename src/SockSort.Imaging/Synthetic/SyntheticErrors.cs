namespace SockSort.Imaging.Synthetic;

/// <summary>Texts of all that can be asked wrongly of the synthetic worlds.</summary>
internal static class SyntheticErrors
{
    public static SyntheticException Classes(int classes, int designs) =>
        new($"synthetic socks: {classes} classes asked for, there are {designs} designs: choose 2 to {designs}");

    public static SyntheticException UnknownSock(string label, IEnumerable<string> known) =>
        new($"synthetic scenario: no design has the label '{label}'; labels are {string.Join(", ", known)}");

    public static SyntheticException Scenario(string problem) => new($"synthetic scenario: {problem}");

    public static SyntheticException OutOfRange(string what, object value, object lowest, object highest) =>
        new($"synthetic camera: {what} {value} is out of range: choose {lowest} to {highest}");
}
