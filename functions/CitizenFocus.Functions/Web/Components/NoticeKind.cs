namespace CitizenFocus.Functions.Web.Components;

public enum NoticeKind
{
    Information,
    Success,
    Warning,
}
