namespace CitizenFocus.Functions.Email.Previews;

/// <summary>Every e-mail that the site sends.</summary>
internal sealed class EmailCatalogue(IEnumerable<IEmailSamples> features)
{
    public IEnumerable<EmailSample> All => Of(new());

    public IEnumerable<EmailSample> Of(SampleWords words) => features.SelectMany(feature => feature.Of(words));

    /// <returns><see langword="null"/> where none is called so.</returns>
    /// <param name="language">BCP 47: what its reader wants.</param>
    public EmailSample? Find(string name, string language) => Of(new() { Language = language }).FirstOrDefault(sample => sample.Name == name);
}
