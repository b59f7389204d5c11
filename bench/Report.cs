using System.Globalization;

namespace CitizenFocus.Bench;

/// <summary>A benchmark's table: a line a figure.</summary>
internal sealed class Report(string title, string baseline)
{
    private readonly List<string[]> _lines = [["", "ours", baseline, "ratio", "target", ""]];
    private readonly List<string> _notes = [];

    public bool TargetsMet { get; private set; } = true;

    /// <summary>A ratio ours : baseline, with a target for its median.</summary>
    public void Compare(string what, Samples ours, Samples theirs, double? atMost = null, double? atLeast = null)
    {
        var ratio = Samples.Ratios(ours, theirs);
        Add([what, ours.ToString(), theirs.ToString(), ratio.ToString()], ratio.Median, atMost, atLeast);
    }

    /// <summary>A figure that stands by itself.</summary>
    public void Figure(string what, Samples ours, double? atMost = null) => Add([what, ours.ToString(), "", ""], ours.Median, atMost, null);

    public void Figure(string what, double ours, double? atMost = null, double? atLeast = null) =>
        Add([what, ours.ToString("0.###", CultureInfo.InvariantCulture), "", ""], ours, atMost, atLeast);

    public void Note(string text) => _notes.Add(text);

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"## {title}");
        output.WriteLine();
        var widths = Enumerable.Range(0, _lines[0].Length).Select(column => _lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in _lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
        }

        foreach (var note in _notes)
        {
            output.WriteLine(note);
        }
    }

    private void Add(string[] cells, double value, double? atMost, double? atLeast)
    {
        var met = !(value > atMost) && !(value < atLeast);
        TargetsMet &= met;
        var target = atMost is { } most ? string.Create(CultureInfo.InvariantCulture, $"<= {most}")
            : atLeast is { } least ? string.Create(CultureInfo.InvariantCulture, $">= {least}")
            : "";
        _lines.Add([.. cells, target, target.Length == 0 ? "" : met ? "met" : "MISSED"]);
    }
}
