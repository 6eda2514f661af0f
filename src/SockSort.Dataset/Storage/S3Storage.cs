using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace SockSort.Dataset.Storage;

/// <summary>A prefix of a bucket, of AWS or of any server that speaks S3.</summary>
/// <remarks>
/// Credentials, region and profile as the AWS tools take them. <c>AWS_ENDPOINT_URL_S3</c> or <c>AWS_ENDPOINT_URL</c> names another
/// server; buckets are then a part of the path. The contents' MD5 is kept with each file, under the name that rclone uses.
/// </remarks>
public sealed class S3Storage : IStorage
{
    private const string Md5Name = "md5chksum"; // rclone: base64 of the MD5, for files whose ETag is not it
    private const string DefaultRegion = "us-east-1";
    private const string NoMetadata = "AWS_EC2_METADATA_DISABLED";
    private const string HowToLogIn =
        $"set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; on a machine of EC2 with a role, {NoMetadata}=false";

    private readonly string _bucket;
    private readonly string _prefix;
    private readonly AmazonS3Client _client;

    /// <summary>
    /// The library looks for credentials and for the region at 169.254.169.254, which nobody has named: only on machines of EC2 with a role
    /// somebody answers there, and who has one says so.
    /// </summary>
    static S3Storage()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoMetadata)))
            Environment.SetEnvironmentVariable(NoMetadata, "true");
    }

    /// <param name="bucket">Name of a bucket that exists.</param>
    /// <param name="prefix">Without <c>/</c> at its ends; empty for the whole bucket.</param>
    public S3Storage(string bucket, string prefix)
    {
        _bucket = bucket;
        _prefix = prefix.Length == 0 ? "" : prefix + "/";
        try
        {
            _client = new AmazonS3Client(Configuration());
        }
        catch (AmazonClientException error)
        {
            throw Failure("opened", "", error);
        }
        catch (AmazonServiceException error)
        {
            // Nothing has been asked yet but where credentials may be: the error lists these places.
            throw new StorageException($"{AddressOf("")} cannot be opened: there are no credentials; {HowToLogIn}", error);
        }
    }

    public string AddressOf(string key) => $"s3://{_bucket}/{_prefix}{key}";

    public async IAsyncEnumerable<StoredFile> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix };
        ListObjectsV2Response page;
        do
        {
            page = await CallAsync("listed", "", () => _client.ListObjectsV2Async(request, cancellation));
            foreach (var file in page.S3Objects.Where(file => file.Key.Length > _prefix.Length && !file.Key.EndsWith('/')))
                yield return new StoredFile(file.Key[_prefix.Length..], file.Size, Md5OfTag(file.ETag));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated);
    }

    public async Task<StoredFile?> FindAsync(string key, CancellationToken cancellation)
    {
        try
        {
            var found = await CallAsync("looked up", key, () => _client.GetObjectMetadataAsync(_bucket, _prefix + key, cancellation));
            return new StoredFile(key, found.ContentLength, Md5OfTag(found.ETag) ?? Md5OfMetadata(found.Metadata));
        }
        catch (StorageException error) when (error.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound })
        {
            return null;
        }
    }

    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellation)
    {
        var response = await CallAsync("read", key, () => _client.GetObjectAsync(_bucket, _prefix + key, cancellation));
        return response.ResponseStream;
    }

    public async Task StoreAsync(string key, string localPath, string md5, CancellationToken cancellation)
    {
        var sender = new S3Sender(
            _client, _bucket, _prefix + key, localPath, (Md5Name, Convert.ToBase64String(Convert.FromHexString(md5))));
        await CallAsync("written", key, async () =>
        {
            await sender.SendAsync(cancellation);
            return true;
        });
        if ((await FindAsync(key, cancellation))?.Md5 is { } stored && stored != md5)
            throw new StorageException($"{AddressOf(key)} has the MD5 {stored} after writing, expected {md5}; write it again");
    }

    public string? LocalPathOf(string key) => null;

    public void Dispose() => _client.Dispose();

    private static AmazonS3Config Configuration()
    {
        var region = Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");
        var endpoint = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        var configuration = new AmazonS3Config { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 4 };
        if (!string.IsNullOrEmpty(endpoint))
        {
            configuration.ServiceURL = endpoint;
            configuration.ForcePathStyle = true;
            configuration.AuthenticationRegion = region ?? DefaultRegion;
        }
        else if (configuration.RegionEndpoint is null)
        {
            configuration.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region ?? DefaultRegion);
        }
        return configuration;
    }

    /// <summary>The ETag is the MD5 unless the file came in several parts.</summary>
    private static string? Md5OfTag(string? tag) => tag?.Trim('"') is { Length: 32 } md5 ? md5.ToLowerInvariant() : null;

    private static string? Md5OfMetadata(MetadataCollection metadata)
    {
        var bytes = new byte[16];
        return metadata[Md5Name] is { } text && Convert.TryFromBase64String(text, bytes, out var length) && length == bytes.Length
            ? Convert.ToHexStringLower(bytes)
            : null;
    }

    private async Task<T> CallAsync<T>(string done, string key, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw Failure(done, key, error);
        }
    }

    private StorageException Failure(string done, string key, Exception error)
    {
        var reason = error switch
        {
            AmazonS3Exception { ErrorCode: "NoSuchBucket" } => $"there is no bucket {_bucket}",
            AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } => "there is no such file",
            AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } => "access denied; check the credentials and the bucket's policy",
            AmazonServiceException service => service.Message.TrimEnd('.'),
            AmazonClientException => $"{error.Message.TrimEnd('.')}; {HowToLogIn}",
            _ => error.Message.TrimEnd('.'),
        };
        return new StorageException($"{AddressOf(key)} cannot be {done}: {reason}", error);
    }
}
