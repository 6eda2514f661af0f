using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using SockSort.Shared;

namespace SockSort.Edge.HomeAssistant;

/// <summary>
/// The messages by which Home Assistant finds a camera: one device with five entities. Source: Home Assistant's documentation, "MQTT
/// discovery", "MQTT sensor", "MQTT binary sensor" and "MQTT camera" (https://www.home-assistant.io/integrations/mqtt/).
/// </summary>
public static class HomeAssistantDiscovery
{
    /// <summary>The first level of discovery topics, unless Home Assistant is told another one.</summary>
    public const string DefaultPrefix = "homeassistant";

    private const int MostReadable = 40;
    private const int TagBytes = 3;

    /// <param name="camera">The camera's name.</param>
    /// <param name="prefix">The first level of the topics.</param>
    public static IReadOnlyList<RetainedMessage> For(string camera, string prefix)
    {
        var node = NodeOf(camera);
        var label = CameraTopics.Label(camera);
        return
        [
            Message("sensor", "sock", new HomeAssistantEntity
            {
                Name = "Sock",
                StateTopic = label,
                ValueTemplate = "{{ value_json.image }}",
                JsonAttributesTopic = label,
                Icon = "mdi:sock",
            }),
            Message("sensor", "confidence", new HomeAssistantEntity
            {
                Name = "Confidence",
                StateTopic = label,
                ValueTemplate = "{{ value_json.probability }}",
                UnitOfMeasurement = "%",
                StateClass = "measurement",
                Icon = "mdi:percent",
            }),
            Message("sensor", "pairs", new HomeAssistantEntity
            {
                Name = "Last pair",
                StateTopic = CameraTopics.Pairs,
                ValueTemplate = "{{ value_json.PAIR }}",
                JsonAttributesTopic = CameraTopics.Pairs,
                Icon = "mdi:hanger",
            }),
            Message("binary_sensor", "online", new HomeAssistantEntity
            {
                Name = "Online",
                StateTopic = CameraTopics.Status(camera),
                ValueTemplate = "{{ 'ON' if value == 'online' else 'OFF' }}",
                DeviceClass = "connectivity",
            }),
            Message("camera", "picture", new HomeAssistantEntity { Name = "Picture", Topic = CameraTopics.Picture(camera) }),
        ];

        RetainedMessage Message(string component, string name, HomeAssistantEntity entity)
        {
            // Whether it is online and what the last pair was is known while the camera is away, too.
            var isAlwaysThere = name is "online" or "pairs";
            entity = entity with
            {
                UniqueId = $"{node}_{name}",
                Device = new HomeAssistantDevice([node], $"SockSort {camera}", "SockSort", "Sock camera", ProductVersion.Text),
                Availability = isAlwaysThere ? null : [new HomeAssistantAvailability(CameraTopics.Status(camera))],
            };
            var payload = JsonSerializer.SerializeToUtf8Bytes(entity, HomeAssistantJson.Default.HomeAssistantEntity);
            return new RetainedMessage($"{prefix}/{component}/{node}/{name}/config", payload);
        }
    }

    /// <summary>
    /// Node ids have letters, digits, <c>_</c> and <c>-</c> only; the tag tells apart names that differ in other characters.
    /// </summary>
    private static string NodeOf(string camera)
    {
        var readable = new string([.. camera.Take(MostReadable).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-')]);
        return $"socksort_{readable}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(camera)))[..(2 * TagBytes)]}";
    }
}
