using System.IO.Compression;
using System.Security.Cryptography;
using SockSort.Cli.Output;
using SockSort.Models.Versions;
using SockSort.Shared;

namespace SockSort.Cli.Bundles;

/// <summary>
/// A zip file with all that a small machine needs: the program, a model, a configuration, a start script and a service file, as the lambda
/// zip of the original has them.
/// </summary>
internal static class EdgeBundle
{
    /// <summary>The model's place in a bundle.</summary>
    public const string ModelPlace = "model.tar.gz";

    /// <summary>The configuration's place in a bundle.</summary>
    public const string ConfigurationPlace = "socksort.yaml";

    private const string ProgramFolder = "program/";

    // Unix modes in a zip entry: the upper half of the external attributes.
    private const int ExecutableMode = 0x81ED << 16;
    private const int FileMode = 0x81A4 << 16;

    // A bundle comes over the network to machines with small disks.
    private const int MostEntries = 10_000;
    private const long MostBytes = 2L << 30;

    // What is needed only to debug the program.
    private static readonly string[] LeftOut = [".pdb", ".xml", ".dbg"];

    /// <param name="program">The folder of a published program.</param>
    /// <param name="labels">The model's labels, in their order.</param>
    /// <exception cref="CommandException">The file can't be written.</exception>
    public static void Write(
        string path, string runtime, string program, string model, IReadOnlyList<string> labels, BundledConfiguration configuration)
    {
        try
        {
            using var file = PartialFile.Create(path);
            using (var zip = new ZipArchive(file.Stream, ZipArchiveMode.Create))
            {
                foreach (var part in Directory.EnumerateFiles(program, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                    AddProgramFile(zip, program, part, runtime);
                Add(zip, model, ModelPlace);
                AddText(zip, "labels.txt", string.Concat(labels.Select(label => $"{label}\n")));
                AddText(zip, ConfigurationPlace, configuration.Text);
                foreach (var (query, place) in configuration.Files)
                    Add(zip, query, place);
                AddStarters(zip, runtime);
            }
            file.Publish();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: can't be written: {error.Message}", error);
        }
    }

    /// <summary>Unpacks what a bundle says, without its program, into a folder.</summary>
    /// <exception cref="CommandException">The file is no bundle, or its contents don't fit.</exception>
    public static void Unpack(string path, string folder)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var entries = zip.Entries.Where(entry => !IsOfProgram(entry) && !entry.FullName.EndsWith('/')).ToList();
            if (entries.Count > MostEntries || entries.Sum(entry => entry.Length) > MostBytes)
                throw new CommandException($"{path}: holds more than {MostEntries} files or {MostBytes >> 30} GiB");
            if (zip.GetEntry(ConfigurationPlace) is null || zip.GetEntry(ModelPlace) is null)
                throw new CommandException($"{path}: is no bundle; 'socksort edge pack' makes one");
            foreach (var entry in entries)
                Unpack(path, entry, folder);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: can't be unpacked: {error.Message}", error);
        }
    }

    private static bool IsOfProgram(ZipArchiveEntry entry) => entry.FullName.StartsWith(ProgramFolder, StringComparison.Ordinal);

    private static void Unpack(string bundle, ZipArchiveEntry entry, string folder)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var target = Path.GetFullPath(Path.Combine(folder, entry.FullName));
        if (!target.StartsWith(root, StringComparison.Ordinal))
            throw new CommandException($"{bundle}: '{entry.FullName}' leads out of the folder; it is not unpacked");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (entry.FullName == ModelPlace && WasReplaced(entry, target))
            return;
        entry.ExtractToFile(target, overwrite: true);
    }

    /// <summary>Whether another model has taken the place of the bundle's there: that one stays at the next start.</summary>
    private static bool WasReplaced(ZipArchiveEntry model, string target)
    {
        using var packed = model.Open();
        var version = Convert.ToHexStringLower(SHA256.HashData(packed))[..PackageFile.VersionDigits];
        return File.Exists(target) && new ModelVersions(target).IsKept(version);
    }

    private static void AddProgramFile(ZipArchive zip, string program, string file, string runtime)
    {
        if (LeftOut.Contains(Path.GetExtension(file)))
            return;
        var place = Path.GetRelativePath(program, file).Replace(Path.DirectorySeparatorChar, '/');
        Add(zip, file, ProgramFolder + place, isExecutable: place == EdgeProgram.FileOf(runtime));
    }

    private static void AddStarters(ZipArchive zip, string runtime)
    {
        if (runtime.StartsWith("win", StringComparison.Ordinal))
        {
            AddText(zip, "run.cmd", "@cd /d \"%~dp0\"\r\n@program\\socksort.exe run --config socksort.yaml %*\r\n");
            return;
        }
        AddText(zip, "run", """
            #!/bin/sh
            # Runs what socksort.yaml beside it says.
            cd "$(dirname "$0")" && exec ./program/socksort run --config socksort.yaml "$@"

            """, isExecutable: true);
        var sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "socksort.service"));
        AddText(zip, "socksort.service", sample
            .Replace("sudo mkdir -p /etc/socksort && sudo cp socksort.yaml sock.ksql model.tar.gz /etc/socksort/",
                "sudo unzip bundle.zip -d /opt/socksort; sudo mkdir -p /etc/socksort", StringComparison.Ordinal)
            .Replace("/opt/socksort/socksort run --config /etc/socksort/socksort.yaml", "/opt/socksort/run", StringComparison.Ordinal)
            .Replace("/etc/socksort/socksort.yaml", "/opt/socksort/socksort.yaml", StringComparison.Ordinal));
    }

    private static void Add(ZipArchive zip, string file, string place, bool isExecutable = false)
    {
        var entry = zip.CreateEntryFromFile(file, place, CompressionLevel.Optimal);
        entry.ExternalAttributes = isExecutable ? ExecutableMode : FileMode;
    }

    private static void AddText(ZipArchive zip, string place, string text, bool isExecutable = false)
    {
        var entry = zip.CreateEntry(place, CompressionLevel.Optimal);
        entry.ExternalAttributes = isExecutable ? ExecutableMode : FileMode;
        using var writer = new StreamWriter(entry.Open());
        writer.Write(text);
    }
}
