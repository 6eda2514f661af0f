namespace SockSort.Models.Package;

/// <summary>A package that was unpacked: its three files in a folder, as SageMaker leaves them in <c>/opt/ml/model</c>.</summary>
internal static class ModelFolder
{
    /// <remarks>Other files in the folder are left alone. Where it holds a package in place of the three, that is read.</remarks>
    /// <exception cref="ModelException">A file is missing, too large or not readable.</exception>
    public static Dictionary<string, byte[]> Read(string folder)
    {
        var package = Path.Combine(folder, ModelPackage.FileName);
        if (File.Exists(package) && !File.Exists(Path.Combine(folder, ModelPackage.OnnxEntry)))
            return ModelArchive.Read(package);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in ModelPackage.EntryNames)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists)
                throw ModelErrors.EntryMissing(folder, name);
            if (file.Length > ModelArchive.MostOf(name))
                throw ModelErrors.EntryTooLarge(folder, name, file.Length, ModelArchive.MostOf(name));
            try
            {
                entries[name] = File.ReadAllBytes(file.FullName);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ModelErrors.NotReadable(file.FullName, error);
            }
        }
        return entries;
    }

    /// <summary>Writes each file under another name and renames it when it is whole; the card, which names the hashes, last.</summary>
    public static void Write(string folder, IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in entries)
        {
            var path = Path.Combine(folder, name);
            var partial = $"{path}.{Guid.NewGuid():N}.partial";
            try
            {
                File.WriteAllBytes(partial, bytes);
                File.Move(partial, path, overwrite: true);
            }
            finally
            {
                File.Delete(partial);
            }
        }
    }
}
