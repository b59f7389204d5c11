namespace CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

/// <summary>An address and, where it is known, whose it is.</summary>
public class EmailAddress(string email, string? name = null)
{
    public string Email { get; set; } = email;

    public string? Name { get; set; } = name;
}

/// <summary>A form of the mail's text.</summary>
/// <param name="type">Its media type.</param>
public class Content(string type, string value)
{
    public string Type { get; set; } = type;

    public string Value { get; set; } = value;
}

/// <summary>A file that goes with the mail.</summary>
public class Attachment
{
    /// <summary>Base64.</summary>
    public string? Content { get; set; }

    public string? Type { get; set; }

    public string? Filename { get; set; }

    /// <summary><c>attachment</c> or <c>inline</c>.</summary>
    public string? Disposition { get; set; }
}

public class MailSettings
{
    public SandboxMode? SandboxMode { get; set; }
}

/// <summary>The call is checked, and nothing is sent.</summary>
public class SandboxMode
{
    public bool? Enable { get; set; }
}

public class TrackingSettings
{
    public ClickTracking? ClickTracking { get; set; }

    public OpenTracking? OpenTracking { get; set; }
}

/// <summary>Links lead through SendGrid's servers.</summary>
public class ClickTracking
{
    public bool? Enable { get; set; }

    public bool? EnableText { get; set; }
}

/// <summary>An invisible image tells of an opening.</summary>
public class OpenTracking
{
    public bool? Enable { get; set; }
}
