using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using SockSort.Shared;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Asks ffmpeg for the formats of a video device.</summary>
internal static partial class VideoFormats
{
    // A driver that hangs must not keep the list of the others.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <returns>The formats, or the reason why they are not known.</returns>
    public static async Task<(IReadOnlyList<VideoFormat> Formats, string? Problem)> OfAsync(string device, CancellationToken cancel)
    {
        var path = SearchPath.OfProcess;
        if (SearchPath.Find("ffmpeg", path) is not { } program)
            return ([], "ffmpeg, which would tell its formats, is not installed: apt-get install ffmpeg");
        try
        {
            var said = await RunAsync(Launcher.CommandLine(program, path), device, cancel);
            var formats = Parse(said);
            return (formats, formats.Count > 0 ? null : ProblemIn(said, device));
        }
        catch (Win32Exception error)
        {
            return ([], $"ffmpeg cannot be started: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ([], $"it has not told its formats within {Longest.TotalSeconds:0} s");
        }
    }

    /// <summary>Reads what <c>ffmpeg -f v4l2 -list_formats all</c> prints: a line a format, with its sizes.</summary>
    internal static IReadOnlyList<VideoFormat> Parse(string text) =>
    [
        .. FormatLine().Matches(text).Select(line => new VideoFormat(line.Groups["name"].Value, SizesOf(line.Groups["sizes"].Value))),
    ];

    /// <summary>A driver that scales tells a range, <c>{32-2592, 2}x{32-1944, 2}</c>: least, most and step.</summary>
    private static string[] SizesOf(string text) =>
        text.Replace(", ", ",", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<string> RunAsync(string[] command, string device, CancellationToken cancel)
    {
        string[] arguments = ["-nostdin", "-hide_banner", "-f", "v4l2", "-list_formats", "all", "-i", device];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        using var process = Process.Start(
            new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardError = true })!;
        try
        {
            return await process.StandardError.ReadToEndAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>ffmpeg always ends with an error here, since nothing but the list is asked for; only another one is told.</summary>
    private static string? ProblemIn(string said, string device)
    {
        var last = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        var isOfList = last.Contains("Immediate exit requested", StringComparison.Ordinal);
        return isOfList || last.Length == 0 ? null : last.Replace($"{device}: ", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:Raw|Compressed)\s*:\s*(?<name>\S+)\s*:\s.*\s:\s(?<sizes>.*)")]
    private static partial Regex FormatLine();
}
