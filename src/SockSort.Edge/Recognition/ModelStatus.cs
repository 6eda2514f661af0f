using System.Text.Json;
using System.Text.Json.Serialization;

namespace SockSort.Edge.Recognition;

/// <summary>Which model a camera runs, for who asks: in the live view, and as JSON on its topic.</summary>
/// <param name="Version">The first 12 digits of the SHA-256 of the package's file.</param>
/// <param name="Sha256">All 64 digits.</param>
/// <param name="Since">When it was taken into use, UTC.</param>
/// <param name="Labels">The shown names; index = class.</param>
/// <param name="Taken">Models taken into use since the start, the first one not counted.</param>
/// <param name="Refused">Models and orders that were refused since the start.</param>
/// <param name="Problem">Why the last one was refused; null where none was, or one was taken after it.</param>
public sealed record ModelStatus(
    string Version, string Sha256, DateTimeOffset Since, IReadOnlyList<string> Labels, long Taken, long Refused, string? Problem)
{
    /// <summary>
    /// Labels of socks that were just learnt from a few frames, until a model comes that knows them; null, and left out, where there is
    /// none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? JustLearnt { get; init; }

    /// <summary>As UTF-8 JSON, names in camelCase.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ModelStatusJson.Default.ModelStatus);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelStatus))]
internal sealed partial class ModelStatusJson : JsonSerializerContext;
