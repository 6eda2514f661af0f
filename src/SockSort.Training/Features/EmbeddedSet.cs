namespace SockSort.Training.Features;

/// <summary>Embeddings to learn from.</summary>
/// <param name="Width">Numbers of one embedding.</param>
/// <param name="Values">Row-major <c>[Count, Width]</c>.</param>
/// <param name="Classes">Class of each row.</param>
/// <param name="Photos">Photo that each row was made from; -1 = none (a painted background).</param>
/// <param name="IsCopy">Whether the row is a changed copy of its photo, not the photo as it is.</param>
/// <param name="Seen">
/// Photo that the row shows something of: its own, or the one that a painted background has its colours from; -1 = none.
/// </param>
internal sealed record EmbeddedSet(int Width, float[] Values, int[] Classes, int[] Photos, bool[] IsCopy, int[] Seen)
{
    public int Count => Classes.Length;

    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Width, Width);

    /// <summary>The first rows.</summary>
    public EmbeddedSet First(int count) =>
        new(Width, Values[..(count * Width)], Classes[..count], Photos[..count], IsCopy[..count], Seen[..count]);
}
