using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>Programs that are killed while they teach the sample photos.</summary>
internal static class KilledTraining
{
    /// <summary>Copies the sample photos, so that a program may change them.</summary>
    public static void CopyPhotos(string folder)
    {
        var photos = Repository.Shared("data/sock-photos");
        foreach (var photo in Directory.GetFiles(photos, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(photos, photo));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(photo, copy);
        }
    }

    /// <summary>Kills a program when its training has written a checkpoint, and waits for the training's own end.</summary>
    /// <param name="program">It has no children but the training.</param>
    /// <param name="model">The file of the model in use.</param>
    public static async Task KillAsync(SocksortProcess program, string model)
    {
        await Eventually.TrueAsync(() => File.Exists($"{model}.taught.checkpoint"), "the training has begun");
        var children = ChildProcesses.IdsOf(program.Id);
        await program.KillAsync();

        Assert.NotEmpty(children);
        await Eventually.TrueAsync(
            () => !children.Any(child => Directory.Exists($"/proc/{child}")), "the training has ended with the program");
    }
}
