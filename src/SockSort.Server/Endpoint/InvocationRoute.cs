using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using SockSort.Imaging.Decoding;
using SockSort.Models.Inference;
using SockSort.Server.Hosting;

namespace SockSort.Server.Endpoint;

/// <summary>The routes <c>GET /ping</c> and <c>POST /invocations</c> that SageMaker requires of a container.</summary>
internal sealed class InvocationRoute(
    ClassifierModel model, RequestBatcher batcher, PicturePreparer preparer, EndpointOptions options, ILogger log)
{
    private volatile bool _isStopping;
    private int _underWay;
    private long _answered;
    private long _refused;

    public EndpointCounts Counts =>
        new(Interlocked.Read(ref _answered), Interlocked.Read(ref _refused), batcher.Runs, Volatile.Read(ref _underWay));

    /// <summary>Answers every further request with 503; running requests continue.</summary>
    public void Stop() => _isStopping = true;

    public void MapTo(WebApplication app)
    {
        // Load balancers use HEAD.
        app.MapMethods("/ping", [HttpMethods.Get, HttpMethods.Head], PingAsync);
        app.MapPost("/invocations", InvokeAsync);
        app.MapFallback(context => context.Request.Path.Value is "/ping" or "/invocations"
            ? SendErrorAsync(context, StatusCodes.Status405MethodNotAllowed, EndpointErrors.NoSuchAddress)
            : SendErrorAsync(context, StatusCodes.Status404NotFound, EndpointErrors.NoSuchAddress));
    }

    private Task PingAsync(HttpContext context)
    {
        context.Response.StatusCode = _isStopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return Task.CompletedTask;
    }

    private async Task InvokeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            var (status, body, type) = await AnswerAsync(context);
            if (status == StatusCodes.Status200OK)
            {
                Interlocked.Increment(ref _answered);
                await SendAsync(context, status, body, type);
                return;
            }
            Interlocked.Increment(ref _refused);
            if (status == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = "1";
            await SendAsync(context, status, body, type);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, so nothing is sent.
            Interlocked.Increment(ref _refused);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            // Inference failed for this picture; the endpoint continues.
            Interlocked.Increment(ref _refused);
            log.ModelFailed(error.GetType().Name, error.StackTrace);
            await SendErrorAsync(
                context, StatusCodes.Status500InternalServerError,
                $"the model failed on this picture ({error.GetType().Name}: {error.Message})");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<(int Status, byte[] Body, string Type)> AnswerAsync(HttpContext context)
    {
        if (_isStopping)
            return Error(StatusCodes.Status503ServiceUnavailable, EndpointErrors.Stopping);
        if (!IsPicture(context.Request.ContentType))
            return Error(StatusCodes.Status415UnsupportedMediaType, EndpointErrors.NoPictureType(context.Request.ContentType));
        var form = InvocationAnswer.FormOf(context.Request.Headers.Accept);
        if (form == InvocationAnswer.Form.None)
            return Error(StatusCodes.Status406NotAcceptable, EndpointErrors.NotAcceptable);
        try
        {
            return await BoundedBody.ReadAsync(context.Request, options.MostRequestBytes) is { } picture
                ? await ClassifyAsync(picture, form, context.RequestAborted)
                : Error(StatusCodes.Status413PayloadTooLarge, EndpointErrors.TooLarge(options.MostRequestBytes));
        }
        catch (BadHttpRequestException error)
        {
            // 408 for a body that arrives too slowly, 400 for a truncated one.
            return Error(error.StatusCode, EndpointErrors.BrokenRequest(error.Message));
        }
        catch (PictureException error)
        {
            return Error(StatusCodes.Status400BadRequest, error.Message);
        }
    }

    private async Task<(int Status, byte[] Body, string Type)> ClassifyAsync(
        byte[] picture, InvocationAnswer.Form form, CancellationToken cancel)
    {
        var image = await preparer.PrepareAsync(picture, cancel);
        try
        {
            // Not cancellable from here on, because the model may be reading the image.
            return batcher.TryClassify(preparer.InputOf(image)) is { } answer
                ? (StatusCodes.Status200OK, InvocationAnswer.Of(form, model.Labels, await answer), InvocationAnswer.TypeOf(form))
                : Error(StatusCodes.Status503ServiceUnavailable, EndpointErrors.Busy);
        }
        finally
        {
            PicturePreparer.Return(image);
        }
    }

    private static bool IsPicture(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/x-image", StringComparison.OrdinalIgnoreCase)
        || type.Type.Equals("image", StringComparison.OrdinalIgnoreCase));

    private static (int Status, byte[] Body, string Type) Error(int status, string reason) =>
        (status, JsonSerializer.SerializeToUtf8Bytes(new { error = reason }), InvocationAnswer.Json);

    private static Task SendErrorAsync(HttpContext context, int status, string reason) =>
        SendAsync(context, status, Error(status, reason).Body, InvocationAnswer.Json);

    private static Task SendAsync(HttpContext context, int status, byte[] body, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
