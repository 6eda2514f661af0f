using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class DatasetCommandTests
{
    [Fact]
    public async Task A_record_file_is_unpacked_shown_and_counted()
    {
        using var folder = new TempFolder();
        var rec = Repository.Shared("goldens/im2rec/rec/pass_through/sock_train.rec");

        var unpack = await CliRun.InvokeAsync("dataset", "unpack", rec, folder.File("photos"));
        var show = await CliRun.InvokeAsync("dataset", "show", rec, "--out", folder.File("sheet.html"), "--most", "5");

        Assert.Equal((0, $"wrote 14 photos and unpacked.lst to {folder.File("photos")}\n"), (unpack.ExitCode, unpack.Output));
        Assert.Equal((0, $"{rec} holds 14 photos; 5 are on {folder.File("sheet.html")}\n"), (show.ExitCode, show.Output));
        Assert.Equal(5, File.ReadAllText(folder.File("sheet.html")).Split("<img ").Length - 1);
    }

    [Fact]
    public async Task A_damaged_record_file_ends_with_an_error_or_is_passed_over()
    {
        using var folder = new TempFolder();
        var rec = folder.File("cut.rec");
        var whole = File.ReadAllBytes(Repository.Shared("goldens/im2rec/rec/pass_through/sock_train.rec"));
        File.WriteAllBytes(rec, whole[..^10]);

        var strict = await CliRun.InvokeAsync("dataset", "unpack", rec, folder.File("strict"));
        var lenient = await CliRun.InvokeAsync("dataset", "unpack", rec, folder.File("lenient"), "--skip-damaged");

        Assert.Equal(ExitCode.Failed, strict.ExitCode);
        Assert.Matches(@"^socksort: .*cut\.rec at byte \d+: the record claims \d+ bytes, \d+ are left in the file\n$", strict.Error);
        Assert.Equal($"wrote 13 photos and unpacked.lst to {folder.File("lenient")}\n", lenient.Output);
        Assert.Matches(@"^skipped: .*cut\.rec at byte \d+: ", lenient.Error);
    }

    [Fact]
    public async Task The_check_prints_a_table_or_json_and_ends_with_one_when_a_photo_is_unreadable()
    {
        var root = Repository.Shared("goldens/im2rec/inputs/bad");

        var table = await CliRun.InvokeAsync("dataset", "check", root);
        var json = await CliRun.InvokeAsync("dataset", "check", root, "--json");

        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (table.ExitCode, json.ExitCode));
        Assert.Contains("class-a/empty.jpg", table.Output);
        var report = JsonDocument.Parse(json.Output).RootElement;
        Assert.Contains("class-a/text.jpg", report.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("kind").GetString() == "unreadable")
            .Select(finding => finding.GetProperty("photos")[0].GetString()));
    }
}
