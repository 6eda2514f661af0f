using SockSort.Testing;

namespace SockSort.EndToEnd.Tests;

/// <summary>The projects that the product is made of; their tests are others.</summary>
internal static class SourceProjects
{
    /// <summary>Names after <c>SockSort.</c>: <c>Imaging</c>.</summary>
    public static IEnumerable<string> Names => new[] { "src", "bench" }
        .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => Path.GetFileNameWithoutExtension(file)["SockSort.".Length..])
        .Order();

    public static string FolderOf(string project) => Repository.PathOf($"{(project == "Bench" ? "bench" : "src")}/SockSort.{project}");

    /// <summary>The program is called as its users call it.</summary>
    public static string AssemblyOf(string project) => project == "Cli" ? "socksort" : $"SockSort.{project}";
}
