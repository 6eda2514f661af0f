namespace SockSort.Cli.Tests.Sql;

public sealed class ServerConnectionTests
{
    [Theory]
    [InlineData("http://ann:S3cret#Part/2@127.0.0.1:9/", "http://127.0.0.1:9/ cannot be reached: ")]
    [InlineData(
        "ftp://ann:S3cret#Part/2@127.0.0.1:9/", "'ftp://ann:***@127.0.0.1:9/' is no address, expected one as http://127.0.0.1:8088")]
    [InlineData("ann:S3cret#Part/2@127.0.0.1:9", "'ann:***@127.0.0.1:9' is no address, expected one as http://127.0.0.1:8088")]
    public async Task A_password_in_a_server_s_address_is_in_no_error(string url, string message)
    {
        var run = await CliRun.InvokeAsync("sql", url, "-e", "SHOW STREAMS;");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Output + run.Error);
        Assert.DoesNotMatch("S3cret|Part", run.Output + run.Error);
    }
}
