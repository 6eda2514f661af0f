using System.Text.Json;
using System.Text.Json.Nodes;

namespace SockSort.Models;

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

    /// <summary>What the logits were divided by before the softmax that is in the graph; 1 = nothing.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Highest probability below which a frame shows no known sock, 0..1; null = none was set.</summary>
    public double? RejectionThreshold { get; init; }

    /// <summary>In the order of <c>labels.txt</c>.</summary>
    public required IReadOnlyList<ModelClass> Classes { get; init; }

    /// <summary>Facts of the training by name: method, seed, photos, settings.</summary>
    public JsonObject Training { get; init; } = [];

    /// <summary>Figures by name, each with how it was measured.</summary>
    public JsonObject Metrics { get; init; } = [];

    /// <summary>Lower-case hexadecimal SHA-256 by name; <c>model.onnx</c> is checked when a package is read.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; init; } = new Dictionary<string, string>();

    /// <summary>As UTF-8 text; equal cards give equal bytes.</summary>
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
        if (Input != new ModelInput { Size = Input.Size })
            throw ModelErrors.BadCard(file, $"input {Input} is not how this version prepares a picture ({new ModelInput { Size = Input.Size }})");
        if (Input.Size is < 32 or > 1024)
            throw ModelErrors.BadCard(file, $"input size {Input.Size} is out of range, expected 32 to 1024");
    }
}

/// <summary>The one preprocessing, spelt out for other programs.</summary>
public sealed record ModelInput
{
    /// <summary>S: width and height in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>How a picture comes to S x S; <c>stretch</c> = the whole picture, aspect not kept.</summary>
    public string Fit { get; init; } = "stretch";

    /// <summary>The filter of the stretching; <c>bicubic</c> = a = -0.5, antialiased, 8-bit fixed point, as Pillow's.</summary>
    public string Resampling { get; init; } = "bicubic";

    public string ColourOrder { get; init; } = "RGB";

    /// <summary>Taken off each value of 0..255.</summary>
    public float Mean { get; init; } = 127;

    /// <summary>What the difference is divided by.</summary>
    public float Scale { get; init; } = 128;
}

/// <param name="Label">The shown name, as in <c>labels.txt</c>.</param>
/// <param name="Folder">The photo folder it was learnt from; null = none (the background class, made by the trainer).</param>
public sealed record ModelClass(string Label, string? Folder);
