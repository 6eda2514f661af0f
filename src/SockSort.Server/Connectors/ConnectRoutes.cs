using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SockSort.Server.Connectors;

/// <summary>Adds routes. Those that change something are refused while the server is read-only.</summary>
internal sealed class ConnectRoutes(IEndpointRouteBuilder routes, bool isReadOnly)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public void Get(string path, RequestDelegate answer) => routes.MapMethods(path, Reading, answer);

    public void Post(string path, RequestDelegate answer) => Change(path, HttpMethods.Post, answer);

    public void Put(string path, RequestDelegate answer) => Change(path, HttpMethods.Put, answer);

    public void Patch(string path, RequestDelegate answer) => Change(path, HttpMethods.Patch, answer);

    public void Delete(string path, RequestDelegate answer) => Change(path, HttpMethods.Delete, answer);

    /// <summary>Adds a PUT route that changes nothing, and so is allowed on a read-only server.</summary>
    public void PutThatLooks(string path, RequestDelegate answer) => routes.MapMethods(path, [HttpMethods.Put], answer);

    private void Change(string path, string method, RequestDelegate answer) =>
        routes.MapMethods(path, [method], context => isReadOnly ? throw ConnectRestErrors.ReadOnly() : answer(context));
}
