namespace CitizenFocus.Functions.Email.Previews;

/// <summary>A feature's e-mails as previews show them: made in code beside its composers, from no storage.</summary>
internal interface IEmailSamples
{
    /// <summary>At least one for each kind that the feature composes.</summary>
    IEnumerable<EmailSample> Of(SampleWords words);
}

/// <summary>One e-mail, about people who do not exist.</summary>
/// <param name="Name">Unique among all samples; stands in the page's address.</param>
/// <param name="Kind">The kind of its <see cref="DeliveryKey"/>.</param>
/// <param name="When">When it is sent, as an organiser would say it.</param>
/// <param name="ComposeAsync">Gives the message as the composer makes it.</param>
internal sealed record EmailSample(string Name, string Kind, string When, Func<Task<EmailMessage>> ComposeAsync);

/// <summary>What people typed.</summary>
internal sealed record SampleWords
{
    public string Name { get; init; } = "Anna Ash";

    public string Title { get; init; } = "Citizens first: how five cities listen";

    public string Summary { get; init; } = "What five cities learned when they asked first and planned afterwards, and what each would do otherwise today.";

    public string? Place { get; init; }

    /// <summary>BCP 47: what the reader wants their e-mails in.</summary>
    public string Language { get; init; } = "en";

    public string Document { get; init; } = "Citizen Focus Handbook";
}
