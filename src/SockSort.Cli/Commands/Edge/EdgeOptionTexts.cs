using System.CommandLine.Parsing;
using SockSort.Cli.Output;
using SockSort.Edge.HomeAssistant;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition.Orders;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Cli.Commands.Edge;

/// <summary>Reads the values of <c>edge run</c>'s options; a wrong one becomes an error of the command line.</summary>
internal static class EdgeOptionTexts
{
    public static void CheckTopic(OptionResult topic)
    {
        foreach (var problem in topic.Tokens.Select(token => TopicProblem(token.Value)).OfType<string>())
            topic.AddError(problem);
    }

    public static void CheckPlaces(OptionResult places)
    {
        var given = places.Tokens.Select(token => token.Value).ToList();
        if (given.Count > 1 && given.Contains("none"))
            places.AddError("--model-from none takes no orders: leave out the other places");
        foreach (var place in given)
        {
            if (ModelPlaces.ProblemOf(place) is { } problem)
                places.AddError($"--model-from '{place}' {problem}");
        }
    }

    public static string PrefixOf(ArgumentResult argument)
    {
        var prefix = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : HomeAssistantDiscovery.DefaultPrefix;
        if (TopicProblem(prefix) is { } problem)
            argument.AddError($"--home-assistant: {problem}");
        return prefix;
    }

    /// <summary>Most bytes of kept frames; 0 for none.</summary>
    public static long KeepOf(ArgumentResult argument) =>
        argument.Tokens is [{ Value: "none" }] ? 0 : Sizes.ParseOption(argument);

    public static PublishEvery EveryOf(ArgumentResult argument)
    {
        var text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : "";
        if (!PublishEvery.TryParse(text, out var every))
            argument.AddError($"--publish-every: '{text}' is none of {PublishEvery.Words}");
        return every;
    }

    public static MessageFields FieldsOf(ArgumentResult argument)
    {
        var fields = MessageFields.None;
        foreach (var word in argument.Tokens.SelectMany(
            token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!char.IsAsciiLetterLower(word[0]) || !Enum.TryParse<MessageFields>(word, ignoreCase: true, out var field))
                argument.AddError($"--fields: '{word}' is no field of a message: camera, seq, ts, run, unknown, second, learnt or model");
            else
                fields |= field;
        }
        return fields;
    }

    /// <returns>Null where messages can be published on the topic.</returns>
    private static string? TopicProblem(string topic)
    {
        try
        {
            MqttPublisher.CheckTopic(topic);
            return null;
        }
        catch (MqttException error)
        {
            return error.Message;
        }
    }
}
