namespace SockSort.Imaging.Kernels;

/// <summary>One number a colour.</summary>
public readonly record struct ChannelValues(float Red, float Green, float Blue)
{
    /// <summary>The same number for each colour.</summary>
    public static implicit operator ChannelValues(float value) => new(value, value, value);

    /// <summary>Whether all three are equal.</summary>
    public bool IsUniform => Red == Green && Green == Blue;

    /// <summary>One number where all are equal, else three parted by commas; as <c>--mean</c> and <c>--scale</c> take them.</summary>
    public override string ToString() => IsUniform ? $"{Red}" : $"{Red},{Green},{Blue}";
}
