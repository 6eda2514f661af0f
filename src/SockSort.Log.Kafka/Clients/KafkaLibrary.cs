using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace SockSort.Log.Kafka.Clients;

/// <summary>Loads the librdkafka that lies beside the program.</summary>
/// <remarks>By its name alone the system's own would be found first where there is one; an old one lacks functions and fails.</remarks>
internal static class KafkaLibrary
{
    private const string Name = "librdkafka";

    private static readonly Lazy<bool> Resolver = new(SetResolver);

    /// <summary>Makes sure that later calls reach the library beside the program.</summary>
    public static void Use() => _ = Resolver.Value;

    /// <summary>The file beside the program; null if there is none, so that the system's own is used.</summary>
    public static string? Find() => Candidates().FirstOrDefault(File.Exists);

    private static bool SetResolver()
    {
        NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(KafkaLibrary).Assembly, ResolveOwn);
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == Name && Find() is { } file ? NativeLibrary.Load(file) : 0;

    /// <summary>
    /// The library that the .NET client has taken: the first one of its names that can be loaded. The first needs libsasl2, and the second
    /// is there for systems without it.
    /// </summary>
    private static nint ResolveOwn(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (Find() is not { } file)
            return 0;
        var second = Path.Combine(Path.GetDirectoryName(file)!, $"centos8-{Path.GetFileName(file)}");
        return NativeLibrary.TryLoad(file, out var first) || !File.Exists(second) ? first : NativeLibrary.Load(second);
    }

    private static IEnumerable<string> Candidates()
    {
        var platform = $"{System()}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", platform, "native")];
        return folders.Select(folder => Path.Combine(folder, FileName()));
    }

    private static string System()
    {
        if (OperatingSystem.IsWindows())
            return "win";
        return OperatingSystem.IsMacOS() ? "osx" : "linux";
    }

    private static string FileName()
    {
        if (OperatingSystem.IsWindows())
            return $"{Name}.dll";
        if (OperatingSystem.IsMacOS())
            return $"{Name}.dylib";
        var isMusl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        return isMusl ? $"alpine-{Name}.so" : $"{Name}.so";
    }
}
