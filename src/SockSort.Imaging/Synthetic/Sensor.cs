using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>Turns a drawn scene into the frame that a camera's chip would give: 8 bits, with noise.</summary>
internal static class Sensor
{
    private const int TableLength = 1 << 16;
    private const int One = 256;

    /// <summary>Normally distributed, deviation <see cref="One"/>. Drawing 700 000 numbers a frame anew would cost more than the scene.</summary>
    private static readonly short[] Table = MakeTable();

    /// <param name="scene">RGBA, opaque.</param>
    /// <param name="dice">Where in the table each row begins.</param>
    /// <param name="noise">Deviation in steps of 8 bits, 0 or more; each channel for itself.</param>
    public static Frame Develop(SKPixmap scene, Dice dice, float noise)
    {
        var frame = new Frame(scene.Width, scene.Height);
        var strength = (int)(noise * One);
        for (var y = 0; y < scene.Height; y++)
            Develop(scene.GetPixelSpan<byte>(0, y), frame.Row(y), (int)(dice.Next() % (ulong)(TableLength - frame.Row(y).Length)), strength);
        return frame;
    }

    private static void Develop(ReadOnlySpan<byte> rgba, Span<byte> rgb, int start, int strength)
    {
        var noise = Table.AsSpan(start, rgb.Length);
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            rgb[to] = Add(rgba[from], noise[to]);
            rgb[to + 1] = Add(rgba[from + 1], noise[to + 1]);
            rgb[to + 2] = Add(rgba[from + 2], noise[to + 2]);
        }

        byte Add(byte value, short part) => (byte)Math.Clamp(value + ((part * strength) >> 16), 0, 255);
    }

    private static short[] MakeTable()
    {
        var dice = new Dice(103);
        var table = new short[TableLength];
        for (var at = 0; at < table.Length; at++)
            table[at] = (short)Math.Clamp(dice.Bell() * One, -4 * One, 4 * One);
        return table;
    }
}
