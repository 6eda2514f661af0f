namespace SockSort.Dataset.Im2Rec;

/// <summary>Where the time of packing went, summed over threads.</summary>
public sealed class PackTimes
{
    private readonly Lock _lock = new();

    public TimeSpan Read { get; private set; }

    public TimeSpan Decode { get; private set; }

    /// <summary>Time of crop and resize.</summary>
    public TimeSpan Resize { get; private set; }

    public TimeSpan Encode { get; private set; }

    public TimeSpan Write { get; private set; }

    internal void Add(PhotoPacker packer)
    {
        lock (_lock)
        {
            Read += packer.ReadTime;
            Decode += packer.Times?.Decode ?? default;
            Resize += packer.Times?.Resize ?? default;
            Encode += packer.Times?.Encode ?? default;
        }
    }

    internal void AddWrite(TimeSpan time)
    {
        lock (_lock)
            Write += time;
    }
}
