using Amazon.S3;
using Amazon.S3.Model;

namespace SockSort.Dataset.Storage;

/// <summary>Sends one local file to a bucket: small ones at once, large ones in parts, of which nothing stays when it fails.</summary>
/// <remarks>The SDK's own transfer wraps the body in signed chunks, which not every server that speaks S3 takes off again.</remarks>
internal sealed class S3Sender(AmazonS3Client client, string bucket, string key, string localPath, (string Name, string Value) metadata)
{
    private const long PartBytes = 16L << 20;
    private const int MostParts = 10_000; // S3's own limit

    /// <exception cref="AmazonS3Exception">The server refused.</exception>
    public Task SendAsync(CancellationToken cancellation) =>
        new FileInfo(localPath).Length <= PartBytes ? SendWholeAsync(cancellation) : SendPartsAsync(cancellation);

    private Task SendWholeAsync(CancellationToken cancellation)
    {
        var request = new PutObjectRequest { BucketName = bucket, Key = key, FilePath = localPath, UseChunkEncoding = false };
        request.Metadata.Add(metadata.Name, metadata.Value);
        return client.PutObjectAsync(request, cancellation);
    }

    private async Task SendPartsAsync(CancellationToken cancellation)
    {
        var start = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key };
        start.Metadata.Add(metadata.Name, metadata.Value);
        var upload = (await client.InitiateMultipartUploadAsync(start, cancellation)).UploadId;
        try
        {
            var parts = await UploadPartsAsync(upload, cancellation);
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellation);
        }
        catch
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None);
            throw;
        }
    }

    private async Task<List<PartETag>> UploadPartsAsync(string upload, CancellationToken cancellation)
    {
        var length = new FileInfo(localPath).Length;
        var size = Math.Max(PartBytes, (length + MostParts - 1) / MostParts);
        var parts = new List<PartETag>();
        for (var at = 0L; at < length; at += size)
        {
            var part = await client.UploadPartAsync(new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = upload,
                PartNumber = parts.Count + 1,
                PartSize = Math.Min(size, length - at),
                FilePath = localPath,
                FilePosition = at,
                UseChunkEncoding = false,
            }, cancellation);
            parts.Add(new PartETag(parts.Count + 1, part.ETag));
        }
        return parts;
    }
}
