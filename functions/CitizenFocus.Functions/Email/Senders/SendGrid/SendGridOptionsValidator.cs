namespace CitizenFocus.Functions.Email.Senders.SendGrid;

/// <inheritdoc/>
internal sealed class SendGridOptionsValidator(IConfiguration configuration)
    : SenderOptionsValidator<SendGridOptions>(configuration, EmailProviders.SendGrid, SendGridOptions.Section)
{
    protected override IEnumerable<string> FaultsOf(SendGridOptions options)
    {
        if (options.ApiKey is null)
        {
            yield return $"Set {Variable(nameof(options.ApiKey))} to a key with the permission Mail Send, or take {EmailProviders.SendGrid} out of {ProvidersVariable}.";
        }
        else if (!options.ApiKey.All(c => c is > ' ' and < '\x7f'))
        {
            yield return $"{Variable(nameof(options.ApiKey))} holds a character that an Authorization header cannot carry. Copy it whole from SendGrid's settings.";
        }

        if (options.BaseUrl.Scheme != Uri.UriSchemeHttps && !options.BaseUrl.IsLoopback)
        {
            yield return $"{Variable(nameof(options.BaseUrl))} must begin with https://, as in {SendGridOptions.DefaultBaseUrl}: the key crosses the network.";
        }
    }
}
