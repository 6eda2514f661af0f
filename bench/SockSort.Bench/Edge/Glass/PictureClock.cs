using SockSort.Imaging;

namespace SockSort.Bench.Edge.Glass;

/// <summary>
/// A time drawn into a picture so that JPEG does not harm it: 40 black or white squares at its bottom, two rows of 20, the higher bits
/// first. 32 bits are the time, 8 its check.
/// </summary>
internal static class PictureClock
{
    private const int Bits = 40;
    private const int CheckBits = 8;
    private const int Columns = 20;
    private const int Side = 32;

    // Brighter in the middle of a square than this is white.
    private const int Middle = 128;

    /// <param name="frame">At least 640 x 64.</param>
    /// <param name="milliseconds">Since any moment; 32 bits are 49 days.</param>
    public static void Draw(Frame frame, uint milliseconds)
    {
        var bits = ((ulong)milliseconds << CheckBits) | CheckOf(milliseconds);
        for (var bit = 0; bit < Bits; bit++)
        {
            var (x, y) = PlaceOf(frame, bit);
            var value = IsSet(bits, bit) ? byte.MaxValue : byte.MinValue;
            for (var row = y; row < y + Side; row++)
                frame.Row(row).Slice(x * 3, Side * 3).Fill(value);
        }
    }

    /// <returns>Null where the squares hold no time.</returns>
    public static uint? Read(Frame frame)
    {
        ulong bits = 0;
        for (var bit = 0; bit < Bits; bit++)
        {
            var (x, y) = PlaceOf(frame, bit);
            // Green is the most of the brightness.
            var green = frame.Row(y + Side / 2)[(x + Side / 2) * 3 + 1];
            bits = (bits << 1) | (green > Middle ? 1UL : 0);
        }
        var milliseconds = (uint)(bits >> CheckBits);
        return (byte)bits == CheckOf(milliseconds) ? milliseconds : null;
    }

    private static bool IsSet(ulong bits, int bit) => ((bits >> (Bits - 1 - bit)) & 1) == 1;

    private static (int X, int Y) PlaceOf(Frame frame, int bit) =>
        (bit % Columns * Side, frame.Height - (Bits / Columns - bit / Columns) * Side);

    // All black and all white must not be times: a picture without a clock may be either.
    private static byte CheckOf(uint value) => (byte)~(value ^ (value >> 8) ^ (value >> 16) ^ (value >> 24) ^ 0x5A);
}
