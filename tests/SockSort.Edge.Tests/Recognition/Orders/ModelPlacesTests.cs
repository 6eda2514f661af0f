using SockSort.Edge.Recognition;
using SockSort.Edge.Recognition.Orders;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Recognition.Orders;

/// <summary>Where ordered models may come from.</summary>
public sealed class ModelPlacesTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("new.tar.gz")]
    [InlineData("model.tar.gz.versions/0a1b2c3d4e5f.tar.gz")]
    [InlineData("sub/../new.tar.gz")]
    public void Below_the_models_own_folder_any_path_is_taken(string path) =>
        Assert.Equal(Path.GetFullPath(path, Home), new ModelPlaces(Home, []).PathOf(path));

    [Theory]
    [InlineData("../new.tar.gz")]
    [InlineData("/etc/passwd")]
    [InlineData("../models-of-others/new.tar.gz")]
    [InlineData(".")]
    public void A_path_outside_is_refused(string path)
    {
        var error = Assert.Throws<ModelRefusedException>(() => new ModelPlaces(Home, []).PathOf(path));

        Assert.Equal(
            $"'{path}' lies outside of where models may come from ({Home}); put it there, or name its folder with --model-from (model-from "
                + "in socksort.yaml)",
            error.Message);
    }

    [Fact]
    public void A_link_that_leads_outside_is_refused()
    {
        _ = Directory.CreateDirectory(Home);
        _ = File.CreateSymbolicLink(_temp.File("models/new.tar.gz"), _temp.Write("elsewhere/new.tar.gz", ""));

        Assert.Throws<ModelRefusedException>(() => new ModelPlaces(Home, []).PathOf("new.tar.gz"));
    }

    [Fact]
    public void A_folder_that_is_named_is_taken_too() => Assert.Equal(
        _temp.File("elsewhere/new.tar.gz"), new ModelPlaces(Home, [_temp.File("elsewhere")]).PathOf("../elsewhere/new.tar.gz"));

    [Theory]
    [InlineData("https://models.example/socks/new.tar.gz")]
    [InlineData("https://MODELS.example:443/socks/a/new.tar.gz?version=3")]
    public void An_address_that_begins_as_named_is_taken(string address) =>
        new ModelPlaces(Home, ["https://models.example/socks"]).Require(new Uri(address));

    [Theory]
    [InlineData("https://other.example/socks/new.tar.gz")]
    [InlineData("https://models.example.evil.example/socks/new.tar.gz")]
    [InlineData("https://models.example:8443/socks/new.tar.gz")]
    [InlineData("https://models.example/socks-of-others/new.tar.gz")]
    [InlineData("https://models.example/socks/../private/new.tar.gz")]
    [InlineData("https://models.example/socks/%2e%2e/private/new.tar.gz")]
    [InlineData("https://models.example/socks/..%2fprivate/new.tar.gz")]
    [InlineData("https://models.example/socks/..%5Cprivate/new.tar.gz")]
    public void Any_other_address_is_refused(string address) => Assert.Throws<ModelRefusedException>(
        () => new ModelPlaces(Home, ["https://models.example/socks"]).Require(new Uri(address)));

    [Fact]
    public void By_default_no_address_is_taken()
    {
        var error = Assert.Throws<ModelRefusedException>(() => new ModelPlaces(Home, []).Require(new Uri("https://a.example/m?key=1")));

        Assert.Equal(
            "https://a.example/m is none of the addresses that models may come from; name one that it begins with by --model-from "
                + "(model-from in socksort.yaml)",
            error.Message);
    }

    [Theory]
    [InlineData("", "is empty, expected a folder or an address that begins with https://")]
    [InlineData("http://models.example/", "is no address that begins with https://")]
    [InlineData("https://me@models.example/",
        "holds a user, a query or a fragment, expected what addresses begin with: https://HOST/FOLDER/")]
    [InlineData("https://models.example/", null)]
    [InlineData("/srv/models", null)]
    public void A_place_is_a_folder_or_what_addresses_begin_with(string place, string? problem) =>
        Assert.Equal(problem, ModelPlaces.ProblemOf(place));

    private string Home => _temp.File("models");
}
