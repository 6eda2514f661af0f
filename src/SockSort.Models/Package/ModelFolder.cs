namespace SockSort.Models.Package;

/// <summary>A package that was unpacked: its three files in a folder, as SageMaker leaves them in <c>/opt/ml/model</c>.</summary>
internal static class ModelFolder
{
    /// <remarks>Other files in the folder are left alone.</remarks>
    /// <exception cref="ModelException">A file is missing, too large or not readable.</exception>
    public static Dictionary<string, byte[]> Read(string folder)
    {
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
}
