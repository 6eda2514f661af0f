using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Secrets;
using SockSort.Testing;

namespace SockSort.Host.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_named_is_read_and_its_paths_begin_at_its_folder()
    {
        var file = _folder.Write("conf/mine.yaml", "model: ../m.tar.gz\nmodl: x");

        var result = await ReadAsync(file);

        Assert.Equal(_folder.File("m.tar.gz"), result.Configuration.Model);
        Assert.Equal($"{file}:2:1: modl: unknown key; nearest: model", Assert.Single(result.Mistakes).ToString());
    }

    [Theory]
    [InlineData("none.yaml", "does not exist")]
    [InlineData("none/none.yaml", "does not exist")]
    [InlineData("", "can't be read (Access to the path 'FILE' is denied.)")]
    public async Task A_file_that_is_named_and_cannot_be_had_is_a_mistake(string name, string problem)
    {
        var file = _folder.File(name);

        var result = await ReadAsync(file);

        Assert.Equal(
            $"{file}: {problem.Replace("FILE", file)}; name a configuration file; 'socksort config example' prints one",
            Assert.Single(result.Mistakes).ToString());
    }

    [Fact]
    public async Task A_file_without_an_end_is_read_no_further_than_shows_it() =>
        Assert.Equal("/dev/zero:1:1: is larger than 1 MiB; name the configuration file",
            Assert.Single((await ReadAsync("/dev/zero")).Mistakes).ToString());

    [Fact]
    public async Task Where_no_file_is_named_and_none_is_there_everything_is_a_default()
    {
        // The tests' own folder holds no socksort.yaml.
        var result = await ReadAsync(null);

        Assert.Empty(result.Mistakes);
        Assert.Equal(Path.GetFullPath("socksort-data"), result.Configuration.Data);
        Assert.Equal(
            "socksort.yaml: model: is not set, and there is no such file; name a model package, for example model: model.tar.gz",
            result.Configuration.MissingForRun()[0].ToString());
    }

    [Fact]
    public async Task The_sample_is_read_where_it_lies()
    {
        var result = await ReadAsync(Repository.PathOf("samples/socksort.yaml"));

        Assert.Empty(result.Mistakes);
        Assert.True(File.Exists(Assert.Single(result.Configuration.Queries)));
    }

    private static Task<ConfigurationResult> ReadAsync(string? path) =>
        ConfigurationFile.ReadAsync(path, _ => SecretResolution.Missing("has no secrets"), TestContext.Current.CancellationToken);
}
