using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Previews;

/// <summary>Lets in organisers and, where the storage is the emulator, everybody: that is a developer's machine.</summary>
internal sealed class PreviewFilter(OrganiserAccess access, IConfiguration configuration) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        EmulatedStorage.IsUsed(configuration) || access.IsOrganiser(context.HttpContext.Request)
            ? next(context)
            : ValueTask.FromResult<object?>(OrganiserAccess.Refuse(context.HttpContext));
}
