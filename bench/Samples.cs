using System.Globalization;

namespace CitizenFocus.Bench;

/// <summary>One quantity, measured once a round.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    public double Median => Quantile(0.5);

    /// <summary>Round by round: what slowed a whole round slowed both.</summary>
    public static Samples Ratios(Samples numerator, Samples denominator)
    {
        var ratios = new Samples();
        foreach (var (above, below) in numerator._values.Zip(denominator._values))
        {
            ratios.Add(above / below);
        }

        return ratios;
    }

    /// <summary>The median and, as the spread, the quartiles: <c>1.62 (1.55–1.71)</c>.</summary>
    public override string ToString() => $"{Text(Median)} ({Text(Quantile(0.25))}–{Text(Quantile(0.75))})";

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);

    private double Quantile(double share)
    {
        var sorted = _values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = sorted[(int)Math.Floor(place)];
        var above = sorted[(int)Math.Ceiling(place)];
        return below + ((above - below) * (place - Math.Floor(place)));
    }
}
