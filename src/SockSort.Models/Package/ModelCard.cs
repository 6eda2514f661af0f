using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SockSort.Models.Package;

/// <summary><c>model.json</c>: what a program must know to feed the model, and how it was trained.</summary>
public sealed record ModelCard
{
    // By reflection on purpose: the source generator sets what the text leaves out to zero and null, not to the defaults below.
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Version of this layout; 1.</summary>
    public int Format { get; init; } = 1;

    public required ModelInput Input { get; init; }

    /// <summary>What the logits were divided by before the softmax that is in the graph; above 0; 1 = nothing.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// Highest probability below which a frame shows no known sock, 0..1; null = none was set, or <see cref="Unknown"/> says it better.
    /// </summary>
    public double? RejectionThreshold { get; init; }

    /// <summary>The model's own output for socks that it was not taught; null = it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnknownScore? Unknown { get; init; }

    /// <summary>The classes, in the order of <c>labels.txt</c>.</summary>
    public required IReadOnlyList<ModelClass> Classes { get; init; }

    /// <summary>Facts of the training by name: method, seed, photos, settings.</summary>
    public JsonObject Training { get; init; } = [];

    /// <summary>Figures by name, each with how it was measured.</summary>
    public JsonObject Metrics { get; init; } = [];

    /// <summary>Lower-case hexadecimal SHA-256 by name; <c>model.onnx</c> is checked when a package is read.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; init; } = new Dictionary<string, string>();

    /// <summary>The card as UTF-8 text; equal cards give equal bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="ModelException">No JSON, a field is missing, or a value that this program does not know.</exception>
    public static ModelCard Parse(byte[] utf8, string file)
    {
        try
        {
            var card = JsonSerializer.Deserialize<ModelCard>(utf8, Json)
                ?? throw ModelErrors.BadCard(file, "null, expected an object");
            card.Check(file);
            return card;
        }
        catch (JsonException error)
        {
            throw ModelErrors.BadCard(file, $"line {error.LineNumber + 1}: {error.Message.Split(" Path:")[0]}", error);
        }
    }

    private void Check(string file)
    {
        if (Format != 1)
            throw ModelErrors.BadCard(file, $"format {Format} is unknown, this version reads format 1");
        if (Input.FindProblem() is { } problem)
            throw ModelErrors.BadCard(file, problem);
        if (!(Temperature > 0 && double.IsFinite(Temperature)))
            throw ModelErrors.BadCard(
                file, FormattableString.Invariant($"temperature {Temperature} is out of range, expected a number above 0"));
        if (Unknown?.FindProblem() is { } wrong)
            throw ModelErrors.BadCard(file, wrong);
        if (!(RejectionThreshold is null or (>= 0 and <= 1)))
            throw ModelErrors.BadCard(
                file, FormattableString.Invariant($"rejection threshold {RejectionThreshold} is out of range, expected 0 to 1, or null"));
    }
}

/// <param name="Label">The shown name, as in <c>labels.txt</c>.</param>
/// <param name="Folder">The photo folder it was learnt from; null = none (the background class, made by the trainer).</param>
/// <param name="Number">
/// The number that stands for it in the lists and records of im2rec that hold the photos it was learnt from, or would; null = none.
/// </param>
public sealed record ModelClass(
    string Label, string? Folder, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Number = null);
