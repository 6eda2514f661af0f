using SockSort.Imaging.Decoding;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Waiting;
using SockSort.Testing;

namespace SockSort.Teaching.Tests;

/// <summary>A program that adds photos and names frames that wait, and is killed by <c>kill -9</c> in the midst of it.</summary>
public sealed class KilledTeachingTests : IDisposable
{
    private const int Kills = 5;

    // As the program to be killed does it.
    private const int PhotosAtOnce = 4;

    private readonly TempFolder _temp = new();

    private string Photos => _temp.File("photos");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task After_a_kill_all_photos_of_a_showing_are_there_or_none_and_all_are_whole()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = PhotosOf("taught").Count;
            using (var host = await KilledHost.StartAsync("teach", Photos))
            {
                await Eventually.TrueAsync(() => PhotosOf("taught").Count > before + (2 * PhotosAtOnce), "photos are added");
                host.Kill();
            }

            PhotoFolder.Open(Photos).Dispose();

            Assert.Equal(0, PhotosOf("taught").Count % PhotosAtOnce);
            Assert.All(PhotosOf("taught"), photo => Assert.Equal(40, PictureReader.Read(photo).Width));
            Assert.Equal(["lock"], Directory.GetFileSystemEntries(Photos + ".teaching").Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task After_a_kill_each_frame_waits_or_is_a_photo_and_none_is_both()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = PhotosOf("named").Count;
            using (var host = await KilledHost.StartAsync("name", Photos))
            {
                await Eventually.TrueAsync(() => PhotosOf("named").Count > before + 2, "frames are named");
                host.Kill();
            }

            var waiting = new WaitingFrames(Photos);
            var still = waiting.All.Select(frame => waiting.Find(frame.Id)!);
            var pictures = PhotosOf("named").Select(File.ReadAllBytes).Concat(still).ToList();

            // The note in each says which frame it is.
            Assert.Distinct(pictures.Select(Convert.ToHexString));
            Assert.All(pictures, picture => Assert.Equal(40, PictureReader.Read(picture, "frame").Width));
            Assert.Equal(
                waiting.All.Select(frame => frame.Id).Order(),
                Directory.GetFiles(Photos + ".teaching/waiting").Select(Path.GetFileNameWithoutExtension).Order());
        }
    }

    private List<string> PhotosOf(string kind)
    {
        var folder = Path.Combine(Photos, "class-stripes");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, $"{kind}-*.jpg")] : [];
    }
}
