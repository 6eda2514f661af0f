using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>What a consumer gives: a record, the end of a partition, or an error.</summary>
/// <param name="Place">Where it is; null for an error of no partition.</param>
/// <param name="Error">The library's number; 0 for a record.</param>
/// <param name="Record">The record; only its offset counts where the end of the partition was reached.</param>
internal readonly record struct FetchedMessage(TopicPartition? Place, int Error, LogRecord Record);
