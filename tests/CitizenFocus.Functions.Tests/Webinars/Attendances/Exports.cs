using System.Text;

namespace CitizenFocus.Functions.Tests.Webinars.Attendances;

/// <summary>What meeting providers export about a session of 8 December 2026, 14:00 to 15:30 in Brussels.</summary>
internal static class Exports
{
    /// <summary>With the block about the meeting above the table; anna came twice, and somebody's name is a formula.</summary>
    public static string Zoom(string anna, string bert, string stranger) =>
        $"""
        Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
        "812 3456 7890","Citizens first, städtisch",12/08/2026 01:55:00 PM,12/08/2026 03:32:00 PM,host@example.org,97,6

        Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
        "Änne Äsch (Anna ""Ash"")",{anna.ToUpperInvariant()},12/08/2026 02:01:12 PM,12/08/2026 02:31:02 PM,30,Yes,,No
        "=HYPERLINK(""https://evil.example"",""Bert"")",{bert},12/08/2026 01:59:30 PM,12/08/2026 03:30:00 PM,91,Yes,,No
        Änne Äsch,{anna},12/08/2026 02:42:00 PM,12/08/2026 03:00:00 PM,18,Yes,,No
        Somebody,{stranger},12/08/2026 02:00:00 PM,12/08/2026 02:10:00 PM,10,Yes,,No
        Phone 1,,12/08/2026 02:00:00 PM,12/08/2026 02:10:00 PM,10,Yes,,No
        Formula,"=HYPERLINK(""mailto:{anna}"")",12/08/2026 02:00:00 PM,12/08/2026 02:10:00 PM,10,Yes,,No
        Broken,{bert},yesterday,12/08/2026 02:10:00 PM,10,Yes,,No
        Other day,{bert},12/07/2026 02:00:00 PM,12/07/2026 02:10:00 PM,10,Yes,,No
        Waited,{bert},12/08/2026 01:30:00 PM,12/08/2026 01:59:00 PM,29,Yes,,Yes

        """.ReplaceLineEndings("\r\n");

    /// <summary>Tabs and sections; the third section has the same people again.</summary>
    public static string Teams(string anna, string bert) =>
        string.Join(
            "\r\n",
            "1. Summary",
            "Meeting title\tBürger zuerst",
            "Attended participants\t2",
            "Start time\t12/8/26, 1:58:01\u202FPM",
            "End time\t12/8/26, 3:31:02\u202FPM",
            "Meeting duration\t1h 33m 1s",
            "Average attendance time\t1h 2m 3s",
            "",
            "2. Participants",
            "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
            $"Änne Äsch\t12/8/26, 2:01:12\u202FPM\t12/8/26, 3:30:02\u202FPM\t1h 10m 5s\t{anna}\tanna_example.org#EXT#@city.example\tAttendee",
            $"Bert Bø\t12/8/26, 1:58:01\u202FPM\t12/8/26, 3:31:02\u202FPM\t1h 33m 1s\t\t{bert}\tOrganizer",
            "",
            "3. In-Meeting Activities",
            "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
            $"Änne Äsch\t12/8/26, 2:01:12\u202FPM\t12/8/26, 2:30:02\u202FPM\t28m 50s\t{anna}\tAttendee",
            "");

    public static byte[] Utf16(string text) => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];

    /// <summary>Those who registered and stayed away are in it; the times carry the organiser's zone.</summary>
    public static string GoToWebinar(string anna, string bert, string carl) =>
        $"""
        Attendee Report:

        Generated
        "Dec 09, 2026 09:00 AM CET"

        General Information:
        Webinar Name,Webinar ID
        Citizens first,123-456-789
        Actual Start Date/Time,Duration,# Registered,# Attended,Clicked Registration Link,Opened Invitation
        "Dec 08, 2026 01:55 PM CET",1 hour 36 minutes,3,2,7,0

        Attendee Details:
        Attended,Interest Rating,Last Name,First Name,Email Address,Registration Date/Time,Join Time,Leave Time,Time in Session
        Yes,87,Äsch,Änne,{anna},"Nov 22, 2026 05:10 PM CET","Dec 08, 2026 02:01 PM CET","Dec 08, 2026 03:30 PM CET",1 hour 29 minutes
        Yes,54,Bø,Bert,{bert},"Nov 22, 2026 05:11 PM CET","Dec 08, 2026 08:03 AM EST","Dec 08, 2026 08:33 AM EST",30 minutes
        No,--,Carlsen,Carl,{carl},"Nov 22, 2026 05:12 PM CET",--,--,--

        """.ReplaceLineEndings("\r\n");
}
