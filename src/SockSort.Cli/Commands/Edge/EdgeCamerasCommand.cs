using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Cli.Output;
using SockSort.Edge.Cameras.Sources;

namespace SockSort.Cli.Commands.Edge;

/// <summary><c>socksort edge cameras</c>: what <c>--camera</c> may name on this machine.</summary>
internal static class EdgeCamerasCommand
{
    private const string OtherCameras =
        "no video device here; --camera may also be rtsp://HOST/PATH, http://HOST/PATH, a video, a folder, synthetic:1";

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a device, for scripts" };

    public static Command Create()
    {
        var cameras = new Command("cameras", """
            Lists the video devices of this machine with the formats and sizes that they offer.

            Example:
              socksort edge cameras
            """)
        {
            Json,
        };
        cameras.SetAction(async (line, cancel) =>
        {
            Write(await VideoDevices.ListAsync(cancel), line.GetValue(Json), line.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return cameras;
    }

    internal static void Write(IReadOnlyList<VideoDevice> devices, bool asJson, TextWriter output)
    {
        foreach (var device in devices)
        {
            if (asJson)
                output.WriteLine(JsonSerializer.Serialize(device, VideoDeviceJson.Default.VideoDevice));
            else
                Write(device, output);
        }
        if (devices.Count == 0 && !asJson)
            output.WriteLine(OtherCameras);
    }

    private static void Write(VideoDevice device, TextWriter output)
    {
        output.WriteLine(device.Name is null ? device.Path : $"{device.Path}  {device.Name}");
        if (device.StablePath is not null)
            output.WriteLine($"  stays the same when others are plugged in: {device.StablePath}");
        if (device.Problem is not null)
            output.WriteLine($"  formats not known: {device.Problem}");
        else if (device.Formats.Count == 0)
            output.WriteLine("  gives no pictures");
        foreach (var format in device.Formats)
            output.WriteLine($"  {format.Name,-10} {string.Join(' ', format.Sizes)}");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VideoDevice))]
internal sealed partial class VideoDeviceJson : JsonSerializerContext;
