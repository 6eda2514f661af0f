using System.Globalization;
using System.Text.RegularExpressions;
using QRCoder;
using SockSort.Dashboard.Layout;

namespace SockSort.Dashboard.Tests.Layout;

public sealed partial class QrCodeTests
{
    private const string Address = "https://192.168.178.25:4000/phone";

    [Fact]
    public void The_path_has_the_dark_modules_of_the_code_and_no_others()
    {
        // 33 characters at level M are a code of version 3: 29 modules a side, and 4 of quiet zone on both sides.
        var code = QrCode.Of(Address);
        var drawn = Draw(code);

        using var data = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        Assert.Equal(37, code.Side);
        Assert.Equal(
            data.ModuleMatrix.Select(row => string.Concat(row.Cast<bool>().Select(module => module ? '#' : '.'))), drawn);
    }

    [Fact]
    public void Its_three_corners_are_marked_and_the_quiet_zone_is_empty()
    {
        var drawn = Draw(QrCode.Of(Address));

        Assert.Equal(
            ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"], drawn.Skip(4).Take(7).Select(row => row[4..11]));
        Assert.Equal(["#######", "#.....#"], [drawn[4][26..33], drawn[5][26..33]]);
        Assert.Equal(["#.....#", "#######"], [drawn[31][4..11], drawn[32][4..11]]);
        Assert.All(drawn.Take(4).Concat(drawn.Skip(33)), row => Assert.DoesNotContain('#', row));
    }

    private static List<string> Draw(QrCode code)
    {
        var rows = Enumerable.Range(0, code.Side).Select(_ => new string('.', code.Side).ToCharArray()).ToList();
        foreach (var run in Runs().Matches(code.Path).Select(match => match.Groups))
        {
            var (x, y, length) = (Number(run[1]), Number(run[2]), Number(run[3]));
            rows[y].AsSpan(x, length).Fill('#');
        }
        Assert.Equal("", Runs().Replace(code.Path, ""));
        return [.. rows.Select(row => new string(row))];
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\3z")]
    private static partial Regex Runs();
}
