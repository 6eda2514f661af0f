using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Settings;

namespace SockSort.Host.Configuration;

/// <summary>What a configuration file says, and everything that is wrong with it.</summary>
/// <param name="Configuration">
/// With the default in place of each value that can't be used, so that later checks can be made all the same; runs only without mistakes.
/// </param>
/// <param name="Mistakes">In the order of their places.</param>
public sealed record ConfigurationResult(RunConfiguration Configuration, IReadOnlyList<ConfigurationMistake> Mistakes);
