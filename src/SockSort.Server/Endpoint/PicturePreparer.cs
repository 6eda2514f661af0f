using System.Buffers;
using System.Collections.Concurrent;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Models.Inference;

namespace SockSort.Server.Endpoint;

/// <summary>
/// Decodes and preprocesses pictures, at most one for each core at a time, since decoding a large picture takes 300 MB.
/// </summary>
internal sealed class PicturePreparer(ClassifierModel model) : IDisposable
{
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly ConcurrentBag<Preprocessor> _idle = [];

    /// <summary>The number of values of one input.</summary>
    private int Length => 3 * model.InputSize * model.InputSize;

    /// <returns>An array rented from <see cref="ArrayPool{T}"/>; return it with <see cref="Return"/>.</returns>
    /// <exception cref="PictureException">The bytes are not a picture, or it is truncated, damaged or too large.</exception>
    public async Task<float[]> PrepareAsync(byte[] picture, CancellationToken cancel)
    {
        await _cores.WaitAsync(cancel);
        try
        {
            return Prepare(picture);
        }
        finally
        {
            _cores.Release();
        }
    }

    /// <summary>The part of a rented array that holds the input.</summary>
    public ReadOnlyMemory<float> InputOf(float[] rented) => rented.AsMemory(0, Length);

    public static void Return(float[] rented) => ArrayPool<float>.Shared.Return(rented);

    public void Dispose() => _cores.Dispose();

    private float[] Prepare(byte[] picture)
    {
        var frame = PictureReader.Read(picture, "picture");
        if (!_idle.TryTake(out var preprocessor))
            preprocessor = model.CreatePreprocessor();
        var image = ArrayPool<float>.Shared.Rent(Length);
        preprocessor.Fill(frame, image.AsSpan(0, Length));
        _idle.Add(preprocessor);
        return image;
    }
}
