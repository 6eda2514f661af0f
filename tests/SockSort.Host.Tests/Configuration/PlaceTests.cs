namespace SockSort.Host.Tests.Configuration;

/// <summary>Where a value stands, for checks that are made after the reading.</summary>
public class PlaceTests
{
    private const string Text = """
        model: model.tar.gz
        cameras:
          - source: synthetic:1
          - name: desk
            source: "pictures"
        listen:
          sql:
            - http://127.0.0.1:8088
            - http://127.0.0.1:8089
        """;

    [Theory]
    [InlineData("model", "socksort.yaml:1:8")]
    [InlineData("cameras[0].source", "socksort.yaml:3:13")]
    [InlineData("cameras[1].source", "socksort.yaml:5:13")]
    [InlineData("listen.sql[1]", "socksort.yaml:9:7")]
    // Nearest around what is not written.
    [InlineData("cameras[1].fps", "socksort.yaml:4:5")]
    [InlineData("cameras[7].fps", "socksort.yaml:3:3")]
    [InlineData("listen.view", "socksort.yaml:7:3")]
    [InlineData("auth.password", "socksort.yaml")]
    public void A_key_has_the_place_of_its_value_or_of_what_is_written_around_it(string key, string place) =>
        Assert.Equal(place, Written.Read(Text).Configuration.PlaceOf(key).ToString());

    [Fact]
    public void A_mistake_that_is_found_later_has_the_place_of_its_key()
    {
        var mistake = Written.Read(Text).Configuration.MistakeAt("model", "does not exist", "make one with socksort train");

        Assert.Equal("socksort.yaml:1:8: model: does not exist; make one with socksort train", mistake.ToString());
    }

    [Fact]
    public void What_a_run_needs_and_nobody_wrote_is_told_with_an_example()
    {
        var missing = Written.Read("broker: none").Configuration.MissingForRun();

        Assert.Equal(
            [
                "socksort.yaml: model: is not set; name a model package, for example model: model.tar.gz",
                "socksort.yaml: cameras: is not set; name a camera, for example cameras: [{source: synthetic:1}]",
                "socksort.yaml: mqtt.address: is not set, and broker is none: cameras have nowhere to publish to; leave out broker: "
                    + "none, or name another broker, for example mqtt: {address: mqtt://broker.example:1883}",
            ],
            missing.Select(mistake => mistake.ToString()));
    }

    [Fact]
    public void Nothing_is_called_missing_that_is_written_and_cannot_be_used()
    {
        var result = Written.Read("model: ~/a\ncameras: [{source: ~/b}]\nbroker: none\nmqtt: {address: c}");

        Assert.Equal(3, result.Mistakes.Count);
        Assert.Empty(result.Configuration.MissingForRun());
    }

    [Fact]
    public void The_examples_of_what_is_missing_can_be_used()
    {
        var text = string.Join("\n", Written.Read("broker: none").Configuration.MissingForRun()
            .Select(mistake => mistake.Hint!.Split("for example ")[1]));

        Assert.Empty(Written.Mistakes(text));
        Assert.Empty(Written.Read(text).Configuration.MissingForRun());
    }
}
