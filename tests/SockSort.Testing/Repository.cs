namespace SockSort.Testing;

/// <summary>Where the checkout lies, and what lies beside it.</summary>
public static class Repository
{
    /// <summary>Absolute path of the folder that holds <c>SockSort.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Absolute path of a file or folder of the checkout.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>
    /// Absolute path below <c>../shared</c> (sample photos, goldens, the test kit). The running test is skipped, by
    /// name, where it is absent: a clone alone has no <c>../shared</c>.
    /// </summary>
    public static string Shared(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        if (!Path.Exists(path))
            Assert.Skip($"../shared/{relative} is absent");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SockSort.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"no SockSort.slnx above {AppContext.BaseDirectory}");
    }
}
