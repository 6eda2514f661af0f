using SockSort.Connect.Configuration;
using SockSort.Connect.Sinks;

namespace SockSort.Connect.HttpSink;

/// <summary>The keys of the HTTP sink: Confluent's, and Kafka Connect's for errors.</summary>
internal static class HttpSinkKeys
{
    public const string Url = "http.api.url";
    public const string Method = "request.method";
    public const string Headers = "headers";
    public const string HeaderSeparator = "header.separator";
    public const string AuthType = "auth.type";
    public const string User = "connection.user";
    public const string Password = "connection.password";
    public const string BatchSize = "batch.max.size";
    public const string BatchPrefix = "batch.prefix";
    public const string BatchSuffix = "batch.suffix";
    public const string BatchSeparator = "batch.separator";
    public const string NullValues = "behavior.on.null.values";
    public const string MaxRetries = "max.retries";
    public const string RetryPauseMs = "retry.backoff.ms";
    public const string ConnectTimeoutMs = "http.connect.timeout.ms";
    public const string RequestTimeoutMs = "http.request.timeout.ms";

    // A limit on memory: values are collected in one request body.
    private const int MostAtOnce = 10_000;
    private const int MostTimeoutMs = 600_000;

    // Keys for what the original makes of answers and regular expressions, which has no equivalent here.
    private static readonly string[] Ignored =
    [
        "behavior.on.error", "retry.on.status.codes", "request.body.format", "batch.json.as.array", "batch.key.pattern",
        "regex.patterns", "regex.replacements", "regex.separator", "max.poll.interval.ms",
    ];

    public static ConfigDef Definition { get; } = new(
        [
            new(Url, ConfigType.Text, null, "The address that gets the records; ${topic} is the log's topic in it, ${key} the record's "
                + "key.")
            {
                Example = "http://localhost:8000/pairs",
            },
            .. SinkKeys.All,
            new(Method, ConfigType.Text, "POST", "The HTTP method.") { Expected = text => OneOf(text, "POST", "PUT", "PATCH") },
            new(Headers, ConfigType.Password, null, "Headers of each request, as Name:value|Name:value."),
            new(HeaderSeparator, ConfigType.Text, "|", "What stands between two headers."),
            new(AuthType, ConfigType.Text, "NONE", "How the sink shows who it is.") { Expected = text => OneOf(text, "NONE", "BASIC") },
            new(User, ConfigType.Text, null, "The user, with BASIC."),
            new(Password, ConfigType.Password, null, "The user's password, with BASIC; by ${file:…} it stays out of statements."),
            new(BatchSize, ConfigType.Whole, "1", "Most records in one request; with more than one, the body is a JSON array.")
            {
                Range = (1, MostAtOnce),
            },
            new(BatchPrefix, ConfigType.Text, "[", "What a body of several records begins with."),
            new(BatchSuffix, ConfigType.Text, "]", "What a body of several records ends with."),
            new(BatchSeparator, ConfigType.Text, ",", "What stands between two records in a body."),
            new(NullValues, ConfigType.Text, "ignore", "What becomes of a record without a value: ignore leaves it out, delete sends "
                + "a DELETE to the address, fail makes it an error.")
            {
                Expected = text => OneOf(text, "ignore", "delete", "fail"),
            },
            new(MaxRetries, ConfigType.Whole, "3", "With errors.tolerance=all: how often a record is tried again for which the server "
                + "answers 500, before it becomes a dead letter.")
            {
                Range = (0, 1000),
            },
            new(RetryPauseMs, ConfigType.Whole, "1000", "The pause before such a try, in milliseconds; it doubles.")
            {
                Range = (10, MostTimeoutMs),
            },
            new(ConnectTimeoutMs, ConfigType.Whole, "30000", "How long a connection may take, in milliseconds.")
            {
                Range = (1, MostTimeoutMs),
            },
            new(RequestTimeoutMs, ConfigType.Whole, "30000", "How long an answer may take, in milliseconds.")
            {
                Range = (1, MostTimeoutMs),
            },
            .. ErrantKeys.All,
        ],
        [.. SinkKeys.Ignored, .. Ignored],
        [.. CommonKeys.IgnoredPrefixes, "reporter.", "https.ssl."]);

    private static string? OneOf(string text, params string[] known) =>
        known.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"use {string.Join(", ", known)}";
}
