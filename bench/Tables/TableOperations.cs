using System.Diagnostics;

namespace CitizenFocus.Bench.Tables;

/// <summary>Our TableClient against Microsoft's, one operation after another on the same Azurite.</summary>
internal sealed class TableOperations : IBenchmark
{
    private const int Rounds = 11;
    private const int Rows = 1_000;

    public string Name => "tables";

    public bool NeedsApp => false;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var ours = new Measured(new OurTable(site.ConnectionString, "benchours"));
#if OFFICIAL_TABLES
        Measured? theirs = new(new OfficialTable(site.ConnectionString, "benchofficial"));
#else
        Measured? theirs = null;
#endif
        var report = new Report(
            $"tables: time, CPU time and bytes allocated an operation, {Rounds} rounds of each in turns; median (quartiles)", "Azure.Data.Tables");
        foreach (var client in new[] { ours, theirs }.OfType<Measured>())
        {
            await client.Table.CreateAsync(cancellationToken);
            for (var first = 0; first < Rows; first += 100) await client.Table.TransactAsync("rows", first, cancellationToken);
        }

        await CompareAsync("get", 300, (table, i) => table.GetAsync("rows", i % Rows, cancellationToken));
        await CompareAsync("upsert", 200, (table, i) => table.UpsertAsync("rows", i % Rows, cancellationToken));
        await CompareAsync("100-row transaction", 4, (table, i) => table.TransactAsync("rows", i * 100 % Rows, cancellationToken));
        await CompareAsync($"{Rows:N0}-row query", 4, async (table, _) =>
        {
            if (await table.QueryAsync("rows", cancellationToken) is var read && read != Rows) throw new InvalidOperationException($"{read} rows.");
        });
        return report;

        async Task CompareAsync(string name, int count, Func<ITable, int, Task> operation)
        {
            // The first rounds are for the JIT.
            for (var round = -3; round < Rounds; round++)
            {
                await ours.RunAsync(round, count, operation);
                if (theirs is not null) await theirs.RunAsync(round, count, operation);
            }

            var (mine, other) = (ours.Take(), theirs?.Take());
            Add($"{name}, µs", figures => figures.Time);
            Add($"{name}, µs of CPU", figures => figures.Cpu);
            Add($"{name}, KB allocated", figures => figures.Kilobytes);

            void Add(string what, Func<Figures, Samples> which)
            {
                if (other is null) report.Figure(what, which(mine));
                else report.Compare(what, which(mine), which(other));
            }
        }
    }

    private sealed class Measured(ITable table)
    {
        private Figures _figures = new();

        public ITable Table => table;

        public Figures Take()
        {
            var figures = _figures;
            _figures = new();
            return figures;
        }

        public async Task RunAsync(int round, int count, Func<ITable, int, Task> operation)
        {
            var (bytes, cpu, start) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            for (var i = 0; i < count; i++) await operation(table, i);
            var time = Stopwatch.GetElapsedTime(start);
            if (round < 0) return;
            _figures.Time.Add(time.TotalMicroseconds / count);
            _figures.Cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count);
            _figures.Kilobytes.Add((GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1e3 / count);
        }
    }

    private sealed class Figures
    {
        public Samples Time { get; } = new();

        public Samples Cpu { get; } = new();

        public Samples Kilobytes { get; } = new();
    }
}
