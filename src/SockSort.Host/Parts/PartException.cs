using SockSort.Shared;

namespace SockSort.Host.Parts;

/// <summary>A part has ended by an error while it ran.</summary>
public sealed class PartException : ExpectedException
{
    internal PartException(string part, Exception cause)
        : base($"{part}: {cause.Message}", cause) => Part = part;

    /// <summary>Its name.</summary>
    public string Part { get; }

    /// <inheritdoc/>
    public override string Code => "part";

    /// <inheritdoc/>
    public override string Place => Part;
}
