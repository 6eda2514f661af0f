namespace SockSort.Testing;

/// <summary>Packages that <c>./test</c> installs from npm.</summary>
public static class NpmPackages
{
    /// <summary>Absolute path of a file of a package. Where it is absent the running test is skipped at a desk and fails in CI.</summary>
    /// <param name="relative">Package and file: <c>axe-core/axe.min.js</c>.</param>
    public static string Find(string relative)
    {
        var path = Repository.PathOf(Path.Combine(".build/npm/node_modules", relative));
        if (!Path.Exists(path))
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{relative} is not installed: ./test installs it");
        return path;
    }
}
