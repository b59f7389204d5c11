using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Web;

internal sealed class SiteOptionsValidator(IConfiguration configuration) : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options)
    {
        var faults = new List<string>();
        var url = options.BaseUrl;
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
        {
            faults.Add($"{Variable(nameof(SiteOptions.BaseUrl))} must begin with https:// (http:// on a developer's machine).");
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            faults.Add($"{Variable(nameof(SiteOptions.BaseUrl))} must begin with https://: the links in e-mails carry tokens. Only localhost may do without.");
        }

        else if (url.IsLoopback && !EmulatedStorage.IsUsed(configuration))
        {
            faults.Add($"{Variable(nameof(SiteOptions.BaseUrl))} is missing or leads to localhost, and so would all links. Set it to the site's address, such as https://webinars.example.org/.");
        }

        if (url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            faults.Add($"{Variable(nameof(SiteOptions.BaseUrl))} must end after the host and port, as in https://webinars.example.org/.");
        }

        if (options.Name.Length > 100 || options.Name.Any(char.IsControl))
        {
            faults.Add($"{Variable(nameof(SiteOptions.Name))} must have at most 100 characters, and no line breaks.");
        }

        if (options.TrustedClientAddressHeader is { } header && !header.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            faults.Add($"{Variable(nameof(SiteOptions.TrustedClientAddressHeader))} must be the name of a header, such as X-Forwarded-For.");
        }

        if (options.SourceUrl is { } source && !(Uri.TryCreate(source, UriKind.Absolute, out var absolute) && absolute.Scheme == Uri.UriSchemeHttps))
        {
            faults.Add($"{Variable(nameof(SiteOptions.SourceUrl))} must be an absolute URL that begins with https://. Remove it to show none.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string Variable(string name) => Settings.Variable(SiteOptions.Section, name);
}
