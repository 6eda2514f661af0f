namespace SockSort.Training.Layers;

/// <summary>The axes of a value for one picture; in memory the channels are last.</summary>
internal readonly record struct ValueShape(int Height, int Width, int Channels)
{
    public int Places => Height * Width;

    public int Length => Places * Channels;
}
