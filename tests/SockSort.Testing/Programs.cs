namespace SockSort.Testing;

/// <summary>Programs of the system that tests run against (mosquitto, ffmpeg, chromium).</summary>
public static class Programs
{
    /// <summary>
    /// Absolute path of a program. Where it is absent the running test is skipped at a desk and fails in CI, whose
    /// set-up installs it.
    /// </summary>
    public static string Find(string name)
    {
        // Debian keeps servers in sbin, which an ordinary user's PATH lacks.
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin"]);
        var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is not null)
            return path;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{name} is not installed: ./test installs it");
        Assert.Skip($"{name} is not installed: ./test installs it");
        return "";
    }
}
