using System.Diagnostics;

namespace SockSort.Testing;

/// <summary>A file system of its own in memory that can be full; mounting one takes root, else the running test is skipped.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <param name="folder">Made where it is absent.</param>
    /// <param name="size">As mount takes it: <c>8m</c>.</param>
    public static async Task<SmallDisk> MountAsync(string folder, string size)
    {
        Assert.SkipUnless(Environment.UserName == "root", "a small file system can be mounted by root only");
        Directory.CreateDirectory(folder);
        var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        Assert.SkipUnless(mounted, "a small file system cannot be mounted here");
        return new SmallDisk(folder);
    }

    public async Task GrowAsync(string size) => Assert.True(await RunAsync("mount", "-o", $"remount,size={size}", Folder));

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // That is what it is for.
        }
    }

    /// <summary>Takes back what <see cref="Fill"/> has written.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => _ = await RunAsync("umount", Folder);

    private static async Task<bool> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]))!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
