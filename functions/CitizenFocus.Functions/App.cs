using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Home;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.News;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Privacy;
using CitizenFocus.Functions.Sample;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Invitations;
using CitizenFocus.Functions.Webinars.Series;

namespace CitizenFocus.Functions;

/// <summary>The composition root: which rooms the house has.</summary>
internal static class App
{
    public static IServiceCollection AddCitizenFocus(this IServiceCollection services) => services
        .AddHosting()
        .AddWeb()
        .AddPeople()
        .AddEmail()
        .AddWebinars()
        .AddInvitations()
        .AddSeries()
        .AddLibrary()
        .AddCommitments()
        .AddDigests()
        .AddNews()
        .AddHome()
        .AddSample();

    public static void MapCitizenFocus(this WebApplication app)
    {
        app.UseWeb();
        app.MapHosting();
        app.MapHome();
        app.MapWebinars();
        app.MapInvitations();
        app.MapSeries();
        app.MapLibrary();
        app.MapCommitments();
        app.MapDigests();
        app.MapNews();
        app.MapPrivacy();
        app.MapEmail();
    }
}
