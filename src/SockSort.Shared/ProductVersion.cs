using System.Reflection;

namespace SockSort.Shared;

/// <summary>The version of the program; all its projects have the same.</summary>
public static class ProductVersion
{
    /// <summary>As in <c>1.2.0</c>, without what names the build.</summary>
    public static string Text { get; } = Whole?.InformationalVersion.Split('+')[0] ?? "0";

    private static AssemblyInformationalVersionAttribute? Whole =>
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
}
