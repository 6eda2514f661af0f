using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SockSort.Models.Inference;

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

    public static byte[] Of(Form form, IReadOnlyList<string> labels, ModelAnswer answer)
    {
        if (form != Form.Verbose)
            return JsonSerializer.SerializeToUtf8Bytes(answer.Probabilities);
        var said = Classification.Of(labels, answer.Probabilities, answer.Unknown);
        var fields = new Dictionary<string, object>
        {
            ["predicted_label"] = said.Label,
            ["labels"] = labels,
            ["probabilities"] = answer.Probabilities,
        };
        if (said.Unknown is { } unknown)
            fields["unknown"] = unknown;
        return JsonSerializer.SerializeToUtf8Bytes(fields);
    }
}
