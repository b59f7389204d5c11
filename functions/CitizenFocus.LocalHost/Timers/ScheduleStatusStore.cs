using System.Text.Json;
using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.Timers;

/// <summary>The state of all timers in one file, so that what was due while LocalHost slept is made up for.</summary>
internal sealed class ScheduleStatusStore(string file)
{
    private readonly Lock _lock = new();
    private Dictionary<string, ScheduleStatus>? _statuses;

    public ScheduleStatus? this[string function]
    {
        get
        {
            lock (_lock) return Load().GetValueOrDefault(function);
        }

        set
        {
            lock (_lock)
            {
                Load()[function] = value!;
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                var draft = file + ".new";
                File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(_statuses!, LocalHostJson.Default.DictionaryStringScheduleStatus));
                File.Move(draft, file, overwrite: true);
            }
        }
    }

    private Dictionary<string, ScheduleStatus> Load() =>
        _statuses ??= File.Exists(file)
            ? LocalHostJson.Read(file, LocalHostJson.Default.DictionaryStringScheduleStatus)
            : [];
}
