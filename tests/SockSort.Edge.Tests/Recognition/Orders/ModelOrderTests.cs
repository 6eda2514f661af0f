using System.Text;
using SockSort.Edge.Recognition;
using SockSort.Edge.Recognition.Orders;

namespace SockSort.Edge.Tests.Recognition.Orders;

/// <summary>What an order may say.</summary>
public sealed class ModelOrderTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void A_path_and_a_hash_are_an_order() => Assert.Equal(
        new ModelOrder("new.tar.gz", null, Hash), Parse($$"""{"path": "new.tar.gz", "sha256": "{{Hash.ToUpperInvariant()}}"}"""));

    [Fact]
    public void An_https_address_and_a_hash_are_an_order() => Assert.Equal(
        new ModelOrder(null, new Uri("https://models.example/new.tar.gz"), Hash),
        Parse($$"""{"url": "https://models.example/new.tar.gz", "sha256": "{{Hash}}"}"""));

    [Theory]
    [InlineData("""["path"]""", "is no JSON object")]
    [InlineData("new.tar.gz", "is no JSON")]
    [InlineData("""{"path": "a"}""", "has no \"sha256\" of 64 hexadecimal digits")]
    [InlineData("""{"path": "a", "sha256": "0123"}""", "has no \"sha256\" of 64 hexadecimal digits")]
    [InlineData("""{"path": "a", "sha256": 7}""", "has 'sha256' twice, or not as a text")]
    [InlineData("""{"sha256": "HASH"}""", "has not exactly one of \"path\" and \"url\"")]
    [InlineData("""{"path": "a", "url": "https://b.example/", "sha256": "HASH"}""", "has not exactly one of \"path\" and \"url\"")]
    [InlineData("""{"path": "", "sha256": "HASH"}""", "has a \"path\" that is empty")]
    [InlineData("""{"path": "a", "run": "b", "sha256": "HASH"}""", "has the field 'run'")]
    [InlineData("""{"url": "http://b.example/m.tar.gz", "sha256": "HASH"}""", "has a \"url\" that does not begin with https://")]
    [InlineData("""{"url": "file:///etc/passwd", "sha256": "HASH"}""", "has a \"url\" that does not begin with https://")]
    [InlineData("""{"url": "https://me:secret@b.example/", "sha256": "HASH"}""", "has a \"url\" with user or password in it")]
    public void What_is_wrong_with_one_is_said(string json, string problem)
    {
        var error = Assert.Throws<ModelRefusedException>(() => Parse(json.Replace("HASH", Hash, StringComparison.Ordinal)));

        Assert.StartsWith($"the order {problem}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_one_is_not_read()
    {
        var error = Assert.Throws<ModelRefusedException>(() => Parse(new string(' ', 5000)));

        Assert.StartsWith("an order of 5000 bytes is not read, at most 4096 are", error.Message, StringComparison.Ordinal);
    }

    private static ModelOrder Parse(string json) => ModelOrder.Parse(Encoding.UTF8.GetBytes(json));
}
