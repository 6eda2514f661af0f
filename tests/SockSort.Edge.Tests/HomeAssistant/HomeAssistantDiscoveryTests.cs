using System.Text.Json;
using SockSort.Edge.HomeAssistant;
using SockSort.Mqtt.Publishing;

namespace SockSort.Edge.Tests.HomeAssistant;

/// <summary>
/// The discovery messages, field by field against Home Assistant's documentation: "MQTT" (discovery topic, device), "MQTT sensor", "MQTT
/// binary sensor" and "MQTT camera" at https://www.home-assistant.io/integrations/.
/// </summary>
public sealed class HomeAssistantDiscoveryTests
{
    private static readonly string[] OfAll = ["name", "unique_id", "icon", "availability", "device", "json_attributes_topic"];

    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["sensor"] = [.. OfAll, "state_topic", "value_template", "unit_of_measurement", "state_class", "device_class"],
        ["binary_sensor"] = [.. OfAll, "state_topic", "value_template", "device_class", "payload_on", "payload_off"],
        ["camera"] = [.. OfAll, "topic", "image_encoding"],
    };

    [Fact]
    public void A_camera_is_one_device_with_five_entities()
    {
        var messages = HomeAssistantDiscovery.For("desk", "homeassistant");

        Assert.Equal(
            [
                "sensor sock", "sensor confidence", "sensor pairs", "binary_sensor online", "camera picture",
            ], messages.Select(message => $"{message.Topic.Split('/')[1]} {message.Topic.Split('/')[3]}"));
        Assert.Single(messages.Select(message => Read(message).GetProperty("device").GetRawText()).Distinct());
        Assert.Equal(5, messages.Select(message => Read(message).GetProperty("unique_id").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("desk", "homeassistant")]
    [InlineData("Größe/2 + #", "ha/test")]
    public void Topics_and_fields_are_those_of_the_documentation(string camera, string prefix) =>
        Assert.All(HomeAssistantDiscovery.For(camera, prefix), message =>
        {
            Assert.Matches($"^{prefix}/(sensor|binary_sensor|camera)/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/config$", message.Topic);
            var entity = Read(message);
            var component = message.Topic[(prefix.Length + 1)..].Split('/')[0];
            Assert.All(entity.EnumerateObject(), field => Assert.Contains(field.Name, Fields[component]));
            Assert.Equal(
                ["identifiers", "name", "manufacturer", "model", "sw_version"],
                entity.GetProperty("device").EnumerateObject().Select(field => field.Name));
            if (entity.TryGetProperty("availability", out var availability))
                Assert.Equal(["topic", "value_template"], availability[0].EnumerateObject().Select(field => field.Name));
        });

    [Fact]
    public void Entities_read_the_topics_that_the_camera_publishes()
    {
        var entities = HomeAssistantDiscovery.For("de/sk", "homeassistant").Select(Read).ToDictionary(Name);

        Assert.Equal(
            ("socksort/de-sk/label", "{{ value_json.image }}"),
            (entities["Sock"].GetProperty("state_topic").GetString(), entities["Sock"].GetProperty("value_template").GetString()));
        Assert.Equal(
            ("socksort/de-sk/label", "{{ value_json.probability }}", "%"),
            (
                entities["Confidence"].GetProperty("state_topic").GetString(),
                entities["Confidence"].GetProperty("value_template").GetString(),
                entities["Confidence"].GetProperty("unit_of_measurement").GetString()));
        Assert.Equal("socksort/de-sk/status", entities["Online"].GetProperty("state_topic").GetString());
        Assert.Equal("connectivity", entities["Online"].GetProperty("device_class").GetString());
        Assert.Equal("socksort/de-sk/picture", entities["Picture"].GetProperty("topic").GetString());
        Assert.Equal("socksort/pairs", entities["Last pair"].GetProperty("state_topic").GetString());
        Assert.Equal(
            "socksort/de-sk/status", entities["Sock"].GetProperty("availability")[0].GetProperty("topic").GetString());
        Assert.False(entities["Online"].TryGetProperty("availability", out _));
    }

    [Fact]
    public void Cameras_whose_names_differ_in_forbidden_characters_only_are_two_devices() => Assert.NotEqual(
        HomeAssistantDiscovery.For("a/b", "p")[0].Topic, HomeAssistantDiscovery.For("a+b", "p")[0].Topic);

    private static JsonElement Read(RetainedMessage message) => JsonDocument.Parse(message.Payload).RootElement;

    private static string Name(JsonElement entity) => entity.GetProperty("name").GetString()!;
}
