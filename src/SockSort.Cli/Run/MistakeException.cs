using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Cli.Run;

/// <summary>What a configuration asks for cannot be had.</summary>
internal sealed class MistakeException(ConfigurationMistake mistake, Exception cause) : Exception($"{mistake}", cause)
{
    public ConfigurationMistake Mistake => mistake;
}
