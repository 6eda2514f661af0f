using SockSort.Shared;

namespace SockSort.Imaging.Synthetic;

/// <summary>Synthetic socks were asked for in a way that cannot be drawn: a number out of range, a sock that no design has.</summary>
public sealed class SyntheticException(string message) : ExpectedException(message)
{
    public override string Code => "synthetic";
}
