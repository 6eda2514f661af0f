using SockSort.Shared;

namespace SockSort.Host.Parts;

/// <summary>A running part has failed.</summary>
public sealed class PartException : ExpectedException
{
    internal PartException(string part, Exception cause)
        : base($"{part}: {cause.Message}", cause) => Part = part;

    /// <summary>The part's name.</summary>
    public string Part { get; }

    /// <inheritdoc/>
    public override string Code => "part";

    /// <inheritdoc/>
    public override string Place => Part;
}
