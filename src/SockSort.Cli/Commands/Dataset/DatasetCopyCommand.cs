using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Dataset.Storage;

namespace SockSort.Cli.Commands.Dataset;

/// <summary><c>socksort dataset copy</c>: copies files between folders and buckets.</summary>
internal static class DatasetCopyCommand
{
    private static readonly Argument<string> Source = new("SRC") { Description = "A folder or file, here or s3://bucket/prefix" };
    private static readonly Argument<string> Target = new("DST") { Description = "A folder, here or s3://bucket/prefix" };
    private static readonly Option<string[]> Include = new("--include")
    {
        Description = "Take only what this pattern names: '*.jpg', 'class-*/**'; may be repeated",
    };
    private static readonly Option<string[]> Exclude = new("--exclude")
    {
        Description = "Leave out what this pattern names; may be repeated",
    };
    private static readonly Option<int> Parallel = new Option<int>("--parallel")
    {
        Description = "Files at once",
        DefaultValueFactory = _ => 8,
    }.Within(1, 256);

    public static Command Create()
    {
        var command = new Command("copy", """
            Copies files, several at once, checked by their MD5; what is there already with the same contents is not copied again.
            Credentials, region and profile are those of the AWS tools; AWS_ENDPOINT_URL names another server that speaks S3.

            Example:
              socksort dataset copy photos s3://socks/photos --include '*.jpg'
              socksort dataset copy s3://socks/sock_train.rec .
            """)
        { Source, Target, Include, Exclude, Parallel };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (source, key) = await OpenSourceAsync(StorageLocation.Parse(line.GetValue(Source)!), cancellation);
        using (source)
        using (var target = StorageLocation.Parse(line.GetValue(Target)!).Open())
        {
            var filter = new GlobFilter(line.GetValue(Include) ?? [], line.GetValue(Exclude) ?? []);
            var copy = new StorageCopy(source, target, filter.Takes) { Parallel = line.GetValue(Parallel) };
            var output = line.InvocationConfiguration.Output;
            var result = await WorkProgress.RunAsync(
                "copying", "files", output, report => copy.RunAsync(key, step => report(step.Done, step.Total), cancellation));
            foreach (var failure in result.Failures)
                line.InvocationConfiguration.Error.WriteLine(failure);
            output.WriteLine($"copied {result.Copied} files ({result.CopiedBytes} bytes), {result.Present} were there already, "
                + $"{result.Failures.Count} failed");
            return result.Failures.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
    }

    /// <summary>A single file is copied under its own name; everything else is treated as a folder.</summary>
    private static async Task<(IStorage Source, string? Key)> OpenSourceAsync(StorageLocation location, CancellationToken cancellation)
    {
        var (folder, name) = location.Split();
        if (name.Length > 0 && (location.IsS3 || File.Exists(location.Path)))
        {
            var parent = folder.Open();
            if (await parent.FindAsync(name, cancellation) is not null)
                return (parent, name);
            parent.Dispose();
        }
        return (location.Open(), null);
    }
}
