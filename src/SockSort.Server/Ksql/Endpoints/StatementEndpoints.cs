using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Statements;

namespace SockSort.Server.Ksql.Endpoints;

/// <summary>The route <c>/ksql</c> for statements other than queries; <c>/ksql/terminate</c> is rejected.</summary>
internal sealed class StatementEndpoints(SharedEngine shared, StatementRunner runner)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/ksql", MediaTypes.Answering(RunAsync));
        routes.MapPost("/ksql/terminate", _ => throw RestErrors.NoTermination());
        routes.MapPost("/terminate", _ => throw RestErrors.NoTermination());
    }

    private async Task RunAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request, shared.Options.MostBodyBytes);
        if (body.Number("commandSequenceNumber") is { } number)
            await shared.WaitForAsync(number, context.RequestAborted);
        // Not cancellable: a client that disconnects must not leave a script half executed.
        var entities = await runner.RunAsync(body.Text("ksql"), SessionOfRequest.Make(body), CancellationToken.None);
        await Answers.JsonAsync(context, StatusCodes.Status200OK, entities);
    }
}
