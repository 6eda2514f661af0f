using SockSort.Host.Configuration.Mistakes;
using SockSort.Shared;

namespace SockSort.Cli.Run;

/// <summary>What a configuration asks for cannot be had.</summary>
internal sealed class MistakeException(ConfigurationMistake mistake, Exception cause) : ExpectedException($"{mistake}", cause)
{
    public ConfigurationMistake Mistake => mistake;

    /// <inheritdoc/>
    public override string Code => "configuration";

    /// <inheritdoc/>
    public override string Place => $"{mistake.Place}";

    /// <inheritdoc/>
    public override string? Hint => mistake.Hint;
}
