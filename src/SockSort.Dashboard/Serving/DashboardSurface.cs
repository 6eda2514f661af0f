using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;
using SockSort.Dashboard.Files;
using SockSort.Dashboard.Watching;

namespace SockSort.Dashboard.Serving;

/// <summary>The dashboard as services and routes for a surface that others make, as the live view's.</summary>
public sealed class DashboardSurface
{
    /// <summary>The dashboard's path.</summary>
    public const string Path = "/dashboard";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private readonly DashboardParts _parts;
    private readonly SockPictures _pictures;
    private readonly SortingFeed _feed;
    private readonly UnsureFrames? _unsure;

    /// <param name="parts">The parts to show.</param>
    public DashboardSurface(DashboardParts parts)
    {
        _parts = parts;
        _pictures = new SockPictures(parts.Pictures);
        _feed = new SortingFeed(parts.Engine, parts.Log, parts.Time);
        if (parts.Teaching is { } teaching)
            _unsure = new UnsureFrames(teaching, parts.Time);
        if (parts is { Teaching.Waiting: { } waiting, Frames: { } frames })
            _feed.Corrected += new CorrectedFrames(waiting, frames).Take;
        foreach (var camera in parts.Cameras.All)
            Watch(camera);
        parts.Cameras.Added += Watch;
        _ = parts.Host.Run("dashboard", _feed.RunAsync);
        if (_unsure is not null)
            _ = parts.Host.Run("unsure frames", _unsure.RunAsync);
    }

    /// <summary>Adds what the pages need.</summary>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(_parts);
        services.AddSingleton(_pictures);
        services.AddSingleton(_feed);
        services.AddSingleton(new HealthWatch(_parts));
        services.AddSingleton(new Corrections(_parts, _feed));
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(
            keys => (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new ForwardedLogging(_parts.Loggers)));
        services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddHttpContextAccessor();
    }

    /// <summary>Adds the routes, behind the password of the surface.</summary>
    public void Map(WebApplication app) => ((IApplicationBuilder)app).Map(Path, MapPages);

    private void MapPages(IApplicationBuilder pages)
    {
        pages.Use(PageGuard.GuardAsync);
        pages.Use(RedirectToSlashAsync);
        pages.UseRouting();
        pages.UseAntiforgery();
        pages.UseEndpoints(MapEndpoints);
    }

    private void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapMethods($"{PageAssets.Path}/{{name}}", Reading, context => PageAssets.SendAsync(context, Named(context, "name")));
        routes.MapMethods("/cameras/{camera}/frame.jpg", Reading, SendFrameAsync);
        routes.MapMethods("/socks/{sock}/picture.jpg", Reading, SendPictureAsync);
        routes.MapMethods("/waiting/{frame}.jpg", Reading, SendWaitingAsync);
        _ = routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    // Relative addresses of the pages begin at the slash.
    private static Task RedirectToSlashAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.HasValue)
            return next(context);
        context.Response.Redirect($"{Path}/");
        return Task.CompletedTask;
    }

    private Task SendFrameAsync(HttpContext context)
    {
        if (_parts.Cameras.Find(Named(context, "camera")) is { } camera)
            return camera.View.PictureAsync(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task SendPictureAsync(HttpContext context) => SendAsync(context, _pictures.Find(Named(context, "sock")));

    private Task SendWaitingAsync(HttpContext context) => SendAsync(context, _parts.Teaching?.Waiting.Find(Named(context, "frame")));

    private static async Task SendAsync(HttpContext context, byte[]? jpeg)
    {
        if (jpeg is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "image/jpeg";
        context.Response.ContentLength = jpeg.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(jpeg, context.RequestAborted);
    }

    private static string Named(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";

    private void Watch(WatchedCamera camera)
    {
        camera.Runner.FrameDone += _pictures.See;
        if (_parts.Teaching is { } teaching)
            camera.Runner.FrameDone += frame => teaching.See(camera.Name, frame.Seen.Picture);
        if (_unsure is { } unsure)
            camera.Runner.FrameDone += frame => unsure.See(camera.Name, frame);
    }
}
