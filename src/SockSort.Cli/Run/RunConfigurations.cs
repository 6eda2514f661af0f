using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Secrets;
using SockSort.Shared;

namespace SockSort.Cli.Run;

/// <summary>Reads configuration files with this program's secrets, and tells what is wrong with them.</summary>
internal static class RunConfigurations
{
    // A file of another kind may hold as many as it has lines.
    private const int MostMistakes = 200;

    /// <param name="path">Null: <c>socksort.yaml</c> of the working folder, where it is there.</param>
    public static Task<ConfigurationResult> ReadAsync(string? path, CancellationToken cancellation) =>
        ConfigurationFile.ReadAsync(path, new ConfigurationSecrets(PropertiesFile.Parse).Resolve, cancellation);

    /// <returns>Whether there are any.</returns>
    public static bool TellMistakes(IReadOnlyList<ConfigurationMistake> mistakes, TextWriter error)
    {
        foreach (var mistake in mistakes.Take(MostMistakes))
            error.WriteLine($"{mistake}");
        if (mistakes.Count > MostMistakes)
            error.WriteLine($"and {mistakes.Count - MostMistakes} more");
        return mistakes.Count > 0;
    }
}
