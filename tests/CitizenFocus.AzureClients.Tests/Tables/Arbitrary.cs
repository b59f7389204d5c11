using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.AzureClients.Tests.Tables;

/// <summary>Whatever a table can hold.</summary>
internal static class Arbitrary
{
    /// <summary>What quoting, encoding, formatting and splitting stumble over.</summary>
    private static readonly string[] Awkward =
        ["'", "''", "\"", "\\", "/", "%", "%27", "+", "&", "{0}", "{", "}", "$", "(", ")", ",", "=", ";", " ", "\r\n", "\t", "ü", "𝔘", "\u200B", "' or '1' eq '1"];

    private static Gen<string> AnyRune { get; } =
        Gen.Choose(1, 0x10FFFF).Where(Rune.IsValid).Select(value => new Rune(value).ToString());

    public static Gen<string> Text { get; } =
        Gen.OneOf(Gen.Elements(Awkward), Gen.Choose(0x20, 0x7E).Select(value => ((char)value).ToString()), AnyRune)
            .ListOf().Select(parts => string.Concat(parts.Take(100)));

    /// <summary>Any text that can be a key.</summary>
    public static Gen<string> Key { get; } =
        Text.Select(text => string.Concat(text.Where(character => !char.IsControl(character) && !@"/\#?".Contains(character, StringComparison.Ordinal))));

    public static Gen<DateTimeOffset> Instant { get; } =
        ArbMap.Default.GeneratorFor<long>()
            .Select(ticks => ServiceLimits.MinDateTime.AddTicks((ticks & long.MaxValue) % (DateTimeOffset.MaxValue - ServiceLimits.MinDateTime).Ticks));

    public static Gen<double> Finite { get; } =
        Gen.OneOf(ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get), Gen.Elements(0.0, 1.0, double.MaxValue, double.Epsilon, -1e-300));

    /// <summary>A value of any type, as it comes back.</summary>
    public static Gen<object> Value { get; } = Gen.OneOf(
        Text.Select(value => (object)value),
        ArbMap.Default.GeneratorFor<int>().Select(value => (object)value),
        ArbMap.Default.GeneratorFor<long>().Select(value => (object)value),
        Gen.Elements<object>(long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, true, false),
        Finite.Select(value => (object)value),
        ArbMap.Default.GeneratorFor<Guid>().Select(value => (object)value),
        Instant.Select(value => (object)value),
        ArbMap.Default.GeneratorFor<byte[]>().Select(value => (object)(value ?? [])));

    /// <summary>A value that Azurite compares rightly: it reads no exponents in filters, neither ours nor the official SDK's.</summary>
    public static Gen<object> Comparable { get; } =
        Value.Where(value => value is not double number || !number.ToString(CultureInfo.InvariantCulture).Contains('E', StringComparison.Ordinal));

    /// <summary>Holds for each of so many values that the generator thinks of.</summary>
    public static void Holds<T>(Gen<T> generator, int times, Func<T, Task> holds) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(times),
            Prop.ForAll(generator.ToArbitrary(), value => Task.Run(() => holds(value)).GetAwaiter().GetResult()));
}
