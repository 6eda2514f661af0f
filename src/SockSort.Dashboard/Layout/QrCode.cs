using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace SockSort.Dashboard.Layout;

/// <summary>A QR code as a path of SVG in units of one module, with the quiet zone of 4 modules that ISO/IEC 18004 asks for.</summary>
/// <param name="Side">Modules of a side, quiet zone included.</param>
/// <param name="Path">The dark modules, one rectangle for each run of a row.</param>
internal sealed record QrCode(int Side, string Path)
{
    /// <summary>The code of a text; 15 % of it may be soiled or covered by glare (level M).</summary>
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < data.ModuleMatrix.Count; row++)
            AddRuns(path, data.ModuleMatrix[row], row);
        return new QrCode(data.ModuleMatrix.Count, path.ToString());
    }

    private static void AddRuns(StringBuilder path, BitArray modules, int row)
    {
        for (var start = 0; start < modules.Length; start++)
        {
            var end = start;
            while (end < modules.Length && modules[end])
                end++;
            if (end == start)
                continue;
            path.Append(CultureInfo.InvariantCulture, $"M{start} {row}h{end - start}v1h{start - end}z");
            start = end;
        }
    }
}
