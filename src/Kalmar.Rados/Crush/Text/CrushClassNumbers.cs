namespace Kalmar.Rados.Crush.Text;

/// <summary>Numbers for device classes in the order in which a text names them, and what is of which class.</summary>
internal sealed class CrushClassNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The name for each number.</summary>
    public Dictionary<int, string> Names { get; } = [];

    /// <summary>The class number of each device and each shadow bucket.</summary>
    public Dictionary<int, int> Of { get; } = [];

    public int NumberOf(string name)
    {
        if (!_numbers.TryGetValue(name, out int number))
        {
            number = _numbers[name] = _numbers.Count;
            Names[number] = name;
        }

        return number;
    }

    public int? Find(string name) => _numbers.TryGetValue(name, out int number) ? number : null;
}
