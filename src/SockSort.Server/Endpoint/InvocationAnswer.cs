using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SockSort.Models.Inference;

namespace SockSort.Server.Endpoint;

/// <summary>
/// Formats the body of an answer: probabilities in the order of the labels, as SageMaker's image classification gives them, or the verbose
/// form.
/// </summary>
internal static class InvocationAnswer
{
    public const string Json = "application/json";
    private const string JsonLines = "application/jsonlines";
    private const string Csv = "text/csv";

    /// <summary>The form that the client's Accept header requests.</summary>
    public enum Form
    {
        /// <summary>The client accepts none of the others.</summary>
        None,

        /// <summary>An array of probabilities.</summary>
        Plain,

        /// <summary>Labels and probabilities.</summary>
        Verbose,

        /// <summary>One JSON object in a line, as batch transforms put them together: <c>{"prediction": [0.25, 0.75]}</c>.</summary>
        JsonLines,

        /// <summary>Probabilities in a line, with commas.</summary>
        Csv,
    }

    /// <summary>Returns the first form of those that the client likes best.</summary>
    public static Form FormOf(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var types))
            return Form.Plain;
        return types.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1).Select(FormOf)
            .FirstOrDefault(form => form != Form.None);
    }

    /// <summary>The media type of an answer of the form.</summary>
    public static string TypeOf(Form form) => form switch
    {
        Form.JsonLines => JsonLines,
        Form.Csv => Csv,
        _ => Json,
    };

    public static byte[] Of(Form form, IReadOnlyList<string> labels, ModelAnswer answer) => form switch
    {
        Form.JsonLines => [.. JsonSerializer.SerializeToUtf8Bytes(new { prediction = answer.Probabilities }), (byte)'\n'],
        Form.Csv => Encoding.ASCII.GetBytes(string.Join(
            ',', answer.Probabilities.Select(share => share.ToString("R", CultureInfo.InvariantCulture))) + "\n"),
        Form.Verbose => Verbose(labels, answer),
        _ => JsonSerializer.SerializeToUtf8Bytes(answer.Probabilities),
    };

    private static Form FormOf(MediaTypeHeaderValue type)
    {
        if (type.MatchesAllTypes || Is("application/*"))
            return Form.Plain;
        if (Is(JsonLines))
            return Form.JsonLines;
        if (Is(Csv) || Is("text/*"))
            return Form.Csv;
        if (!Is(Json))
            return Form.None;
        var verbose = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("verbose", StringComparison.OrdinalIgnoreCase));
        return verbose is null || verbose.Value == "0" ? Form.Plain : Form.Verbose;

        bool Is(string other) => type.MediaType.Equals(other, StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] Verbose(IReadOnlyList<string> labels, ModelAnswer answer)
    {
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
