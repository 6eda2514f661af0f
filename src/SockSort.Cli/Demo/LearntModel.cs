using SockSort.Models.Package;

namespace SockSort.Cli.Demo;

/// <summary>The demo's model.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Photos">What it has learnt from: a folder, or another place that photos come from.</param>
internal sealed record LearntModel(ModelPackage Package, string Path, string Photos);
