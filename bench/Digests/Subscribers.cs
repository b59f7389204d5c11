using System.Globalization;
using System.Security.Cryptography;

namespace CitizenFocus.Bench.Digests;

/// <summary>Rows of subscribers as the app writes them, spread over the 256 shards.</summary>
internal static class Subscribers
{
    public const int Shards = 256;

    private const int RowsATransaction = 100;
    private const int ShardsInFlight = 8;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Shard(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);

    public static Task AddAsync(TableClient table, int count, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        Shards,
        new ParallelOptions { MaxDegreeOfParallelism = ShardsInFlight, CancellationToken = cancellationToken },
        async (shard, token) =>
        {
            foreach (var chunk in Enumerable.Range(0, (count + Shards - 1 - shard) / Shards).Select(n => shard + (n * Shards)).Chunk(RowsATransaction))
            {
                await table.SubmitTransactionAsync(chunk.Select(number => new TableTransactionAction(TableTransactionActionType.Add, Row(shard, number))), token);
            }
        });

    private static TableEntity Row(int shard, int number) => new(Shard(shard), Person(shard, number))
    {
        ["SchemaVersion"] = 1,
        ["Email"] = $"bench-{number}@example.org",
        ["IsActive"] = true,
        ["Cadence"] = "Weekly",
        ["Topics"] = "",
        ["Language"] = "en",
        ["ConfirmedAt"] = DateTimeOffset.UtcNow.AddDays(-30),
        ["CoveredUntil"] = 0,
    };

    /// <summary>Base32 of a hash whose first byte is the shard.</summary>
    private static string Person(int shard, int number)
    {
        var hash = SHA256.HashData(BitConverter.GetBytes(number));
        hash[0] = (byte)shard;
        var (text, buffer, bits) = (new char[52], 0, 0);
        var at = 0;
        foreach (var b in hash)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5;)
            {
                bits -= 5;
                text[at++] = Alphabet[(buffer >> bits) & 31];
            }
        }

        text[at] = Alphabet[(buffer << (5 - bits)) & 31];
        return new(text);
    }
}
