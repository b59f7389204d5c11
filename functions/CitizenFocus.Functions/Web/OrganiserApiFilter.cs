namespace CitizenFocus.Functions.Web;

/// <summary>Lets in organisers only.</summary>
internal sealed class OrganiserApiFilter(OrganiserAccess access) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        access.IsOrganiser(context.HttpContext.Request) ? next(context) : ValueTask.FromResult<object?>(OrganiserAccess.Refuse(context.HttpContext));
}
