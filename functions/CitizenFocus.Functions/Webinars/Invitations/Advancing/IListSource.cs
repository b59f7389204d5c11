namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Where the rows of a list come from.</summary>
internal interface IListSource
{
    /// <summary>The standing list of a webinar that it is the source of; <see langword="null"/> where there is none.</summary>
    string? StandingListOf(Webinar webinar);

    /// <summary>Whether a list's rows come from here; each list has one source.</summary>
    bool Feeds(string list);

    /// <summary>Who comes later is on another list: one that was read to its end is done.</summary>
    bool Ends { get; }

    /// <summary>The e-mails are queued in the order of the rows, one after the other.</summary>
    bool KeepsOrder { get; }

    /// <summary>Whether a standing list is to be begun.</summary>
    Task<bool> HasRowsAsync(Webinar webinar, CancellationToken cancellationToken);

    /// <summary>The rows that are not decided yet, in order.</summary>
    IAsyncEnumerable<ListRow> ReadAsync(Webinar webinar, InvitationList list, CancellationToken cancellationToken);

    /// <summary>Deletes what is no longer needed; may be called again.</summary>
    Task CloseAsync(WebinarSlug webinar, InvitationList list, CancellationToken cancellationToken);
}
