using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Settings;

namespace SockSort.Host.Configuration;

/// <summary>The configuration that was read from a file, and everything that is wrong with the file.</summary>
/// <param name="Configuration">
/// The configuration, with the default in place of each invalid value so that later checks can run. It may only be run if there are no
/// mistakes.
/// </param>
/// <param name="Mistakes">The mistakes, ordered by place.</param>
public sealed record ConfigurationResult(RunConfiguration Configuration, IReadOnlyList<ConfigurationMistake> Mistakes);
