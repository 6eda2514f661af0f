using System.Runtime.InteropServices;
using TorchSharp;

namespace SockSort.Training.Native;

/// <summary>Brings libtorch into the process, once.</summary>
/// <remarks>
/// TorchSharp's part of it is built with GCC 13 and asks for the version GLIBCXX_3.4.32 of libstdc++, which Debian 12 does
/// not have. The one symbol of that version (<c>std::ios_base_library_init</c>) is a marker that nothing calls, so the
/// demand is made weak in the copy in the program's folder, where the system's libstdc++ lacks the version.
/// </remarks>
internal static partial class TorchLibrary
{
    private const string MarkerVersion = "GLIBCXX_3.4.32";
    // glibc, malloc.h: M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD.
    private const int ArenaMax = -8;
    private const int MmapThreshold = -3;
    private const int TrimThreshold = -1;

    private const string Wrapper = "libLibTorchSharp.so";

    private static readonly Lazy<bool> Loaded = new(() => Load(AppContext.BaseDirectory));

    /// <exception cref="TrainingException">
    /// There is no libtorch for this machine in the program's folder, or the system refuses it.
    /// </exception>
    public static void Require() => _ = Loaded.Value;

    /// <param name="name"><c>cpu</c> or <c>cuda</c>.</param>
    /// <remarks>CUDA is not tested: no machine with one was at hand.</remarks>
    /// <exception cref="TrainingException">There is no such device here, or no libtorch.</exception>
    public static torch.Device Device(string name)
    {
        Require();
        if (name == "cpu")
            return torch.CPU;
        if (!torch.TryInitializeDeviceType(DeviceType.CUDA) || !torch.cuda.is_available())
            throw TrainingErrors.NoCuda();
        return torch.CUDA;
    }

    /// <summary>Makes the wrapper in the folder loadable on this system.</summary>
    /// <param name="folder">Holds the wrapper.</param>
    /// <param name="offered">Versions of the system's libstdc++.</param>
    /// <param name="spare">Where a changed copy goes when the folder cannot be written to.</param>
    /// <returns>The file to load.</returns>
    internal static string Prepare(string folder, IReadOnlySet<string> offered, string spare)
    {
        var wrapper = Path.Combine(folder, Wrapper);
        if (offered.Contains(MarkerVersion))
            return wrapper;
        var bytes = File.ReadAllBytes(wrapper);
        if (!new ElfVersions(bytes).MakeWeak(MarkerVersion) || bytes.AsSpan().SequenceEqual(File.ReadAllBytes(wrapper)))
            return wrapper;
        try
        {
            return Replace(wrapper, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _ = Directory.CreateDirectory(spare);
            return Replace(Path.Combine(spare, Wrapper), bytes);
        }
    }

    private static bool Load(string folder)
    {
        if (OperatingSystem.IsLinux())
            LoadOnLinux(folder);
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw TrainingErrors.TorchRefused(error);
        }
        return true;
    }

    private static void LoadOnLinux(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Wrapper)) || !File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
            throw TrainingErrors.NoTorch(RuntimeInformation.RuntimeIdentifier);
        var spare = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "socksort", "torch");
        try
        {
            // libgomp's threads spin for long where they wait for each other: on a machine with other work to do a step took ten
            // times as long. A short spin is enough between the parts of a step.
            _ = SetVariable("GOMP_SPINCOUNT", "10000", 0);
            _ = SetVariable("TORCH_CPP_LOG_LEVEL", "ERROR", 0);
            // A step asks for and gives back the same tensors again and again, 2 to 10 MB each: from one heap that is kept they cost
            // nothing, as mappings of their own a fifth of the time goes into fresh pages.
            _ = SetMalloc(ArenaMax, 1);
            _ = SetMalloc(MmapThreshold, 32 << 20);
            _ = SetMalloc(TrimThreshold, 512 << 20);
            // By path and in this order: TorchSharp's own search then finds them by their names, wherever the wrapper lies.
            foreach (var file in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
                _ = NativeLibrary.Load(Path.Combine(folder, file));
            _ = NativeLibrary.Load(Prepare(folder, OfferedBySystem(), spare));
        }
        catch (Exception error) when (error is DllNotFoundException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw TrainingErrors.TorchRefused(error);
        }
    }

    /// <summary>libtorch has loaded the system's libstdc++ by now: the file that it came from is asked.</summary>
    private static IReadOnlySet<string> OfferedBySystem()
    {
        var line = File.ReadLines("/proc/self/maps").FirstOrDefault(map => map.Contains("/libstdc++.so.6", StringComparison.Ordinal));
        return line is null ? new HashSet<string>() : new ElfVersions(File.ReadAllBytes(line[line.IndexOf('/')..])).Offered();
    }

    // 1 = done, 0 = error. glibc's malloc.h.
    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMalloc(int parameter, int value);

    // 0 = done, -1 = error; overwrite 0 leaves what a user has set. .NET's own variables do not reach native code.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    /// <summary>A new file under the old name: the old one may be a link into the package cache, or in use by another process.</summary>
    private static string Replace(string path, byte[] bytes)
    {
        var partial = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(partial, bytes);
            // The build copies a file again whose time or size differs.
            if (File.Exists(path))
                File.SetLastWriteTimeUtc(partial, File.GetLastWriteTimeUtc(path));
            File.Move(partial, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
