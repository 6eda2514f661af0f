using System.Text.Json.Serialization;

namespace SockSort.Edge.HomeAssistant;

/// <summary>A discovery message, by the names of Home Assistant's documentation; what is null is left out.</summary>
internal sealed record HomeAssistantEntity
{
    public required string Name { get; init; }

    public string? UniqueId { get; init; }

    /// <summary>The topic of a sensor.</summary>
    public string? StateTopic { get; init; }

    /// <summary>The topic of a camera's pictures.</summary>
    public string? Topic { get; init; }

    public string? ValueTemplate { get; init; }

    public string? JsonAttributesTopic { get; init; }

    public string? UnitOfMeasurement { get; init; }

    public string? StateClass { get; init; }

    public string? DeviceClass { get; init; }

    public string? Icon { get; init; }

    public IReadOnlyList<HomeAssistantAvailability>? Availability { get; init; }

    public HomeAssistantDevice? Device { get; init; }
}

/// <param name="Identifiers">By which entities are put together as one device.</param>
internal sealed record HomeAssistantDevice(
    IReadOnlyList<string> Identifiers, string Name, string Manufacturer, string Model, string SwVersion);

/// <summary>An entity is there as long as its camera's publisher is.</summary>
/// <param name="Topic">The camera's status topic.</param>
internal sealed record HomeAssistantAvailability(string Topic)
{
    public string ValueTemplate { get; } = "{{ 'offline' if value in ['offline', 'stopped'] else 'online' }}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HomeAssistantEntity))]
internal sealed partial class HomeAssistantJson : JsonSerializerContext;
