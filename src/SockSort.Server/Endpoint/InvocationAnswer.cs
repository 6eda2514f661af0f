using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SockSort.Server.Endpoint;

/// <summary>
/// Formats the body of an answer: an array of probabilities in the order of the labels, as SageMaker's image classification does, or the
/// verbose form.
/// </summary>
internal static class InvocationAnswer
{
    private const string Json = "application/json";

    /// <summary>The form that the client's Accept header requests.</summary>
    public enum Form
    {
        /// <summary>The client does not accept JSON.</summary>
        None,

        /// <summary>Probabilities only.</summary>
        Plain,

        /// <summary>Labels and probabilities.</summary>
        Verbose,
    }

    public static Form FormOf(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var types))
            return Form.Plain;
        var json = types.FirstOrDefault(type => type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase));
        if (json is null)
            return types.Any(type => type.MatchesAllTypes || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
                ? Form.Plain
                : Form.None;
        var verbose = json.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("verbose", StringComparison.OrdinalIgnoreCase));
        return verbose is null || verbose.Value == "0" ? Form.Plain : Form.Verbose;
    }

    public static byte[] Of(Form form, IReadOnlyList<string> labels, float[] probabilities) => form == Form.Verbose
        ? JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["predicted_label"] = labels[System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(probabilities)],
            ["labels"] = labels,
            ["probabilities"] = probabilities,
        })
        : JsonSerializer.SerializeToUtf8Bytes(probabilities);
}
