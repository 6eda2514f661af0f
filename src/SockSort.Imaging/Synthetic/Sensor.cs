using System.Buffers;
using System.Numerics;
using SkiaSharp;
using SockSort.Imaging.Drawing;

namespace SockSort.Imaging.Synthetic;

/// <summary>Turns a drawn scene into the frame that a camera's chip would give: 8 bits, with noise.</summary>
internal static class Sensor
{
    private const int TableLength = 1 << 16;
    private const int One = 256;

    /// <summary>
    /// Normally distributed, deviation <see cref="One"/>. Drawing 700 000 numbers a frame anew would cost more than the scene.
    /// </summary>
    private static readonly short[] Table = MakeTable();

    /// <param name="scene">RGBA, opaque.</param>
    /// <param name="dice">Where in the table each row begins.</param>
    /// <param name="noise">Deviation in steps of 8 bits, 0 or more; each channel for itself.</param>
    /// <param name="light">What white would look like everywhere, the size of the scene; null where the scene is lit already.</param>
    /// <param name="gain">The camera's own, 0 to 1; counts only together with <paramref name="light"/>.</param>
    public static Frame Develop(SKPixmap scene, Dice dice, float noise, Frame? light = null, float gain = 1)
    {
        var frame = new Frame(scene.Width, scene.Height);
        var grain = ArrayPool<short>.Shared.Rent(TableLength);
        for (var at = 0; at < TableLength; at++)
            grain[at] = (short)(Table[at] * noise / One);
        for (var y = 0; y < scene.Height; y++)
        {
            var row = frame.Row(y);
            Rgba.ToRgb(scene.GetPixelSpan<byte>(0, y), row);
            if (light is not null)
                Dim(row, light.Row(y), (ushort)(gain * 256));
            AddNoise(row, grain.AsSpan((int)(dice.Next() % (ulong)(TableLength - row.Length)), row.Length));
        }
        ArrayPool<short>.Shared.Return(grain);
        return frame;
    }

    /// <summary>Channel * light / 256 * gain / 256, cut off after each division: the same in the vectors and in the rest.</summary>
    private static void Dim(Span<byte> rgb, ReadOnlySpan<byte> light, ushort gain)
    {
        var at = 0;
        for (; at + Vector<byte>.Count <= rgb.Length; at += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(rgb[at..]), out var low, out var high);
            Vector.Widen(new Vector<byte>(light[at..]), out var lowLight, out var highLight);
            low = ((low * lowLight) >>> 8) * new Vector<ushort>(gain) >>> 8;
            high = ((high * highLight) >>> 8) * new Vector<ushort>(gain) >>> 8;
            Vector.Narrow(low, high).CopyTo(rgb[at..]);
        }
        for (; at < rgb.Length; at++)
            rgb[at] = (byte)(((rgb[at] * light[at]) >> 8) * gain >> 8);
    }

    private static void AddNoise(Span<byte> rgb, ReadOnlySpan<short> noise)
    {
        var at = 0;
        var white = new Vector<short>(255);
        for (; at + Vector<byte>.Count <= rgb.Length; at += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(rgb[at..]), out var low, out var high);
            var first = Vector.Clamp(Vector.AsVectorInt16(low) + new Vector<short>(noise[at..]), Vector<short>.Zero, white);
            var second = Vector.Clamp(
                Vector.AsVectorInt16(high) + new Vector<short>(noise[(at + Vector<short>.Count)..]), Vector<short>.Zero, white);
            Vector.Narrow(Vector.AsVectorUInt16(first), Vector.AsVectorUInt16(second)).CopyTo(rgb[at..]);
        }
        for (; at < rgb.Length; at++)
            rgb[at] = (byte)Math.Clamp(rgb[at] + noise[at], 0, 255);
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
