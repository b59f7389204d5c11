using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace CitizenFocus.Functions.Web;

internal sealed class Pages
{
    public Task<IResult> PageAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        HttpContext context, IDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TComponent : IComponent => throw new NotImplementedException();

    public Task<IResult> CachedPageAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        HttpContext context, string cacheKey, Func<CancellationToken, Task<IDictionary<string, object?>?>> load)
        where TComponent : IComponent => throw new NotImplementedException();

    public void Invalidate() => throw new NotImplementedException();

    public Task<IResult> NotFoundAsync(HttpContext context) => throw new NotImplementedException();

    public Task<IResult> MessageAsync(HttpContext context, int status, string title, string text) => throw new NotImplementedException();
}
