namespace Kalmar.Whisper;

/// <summary>Damaged files are kept, out of the way: beside their place, with an ending that no reader takes for a metric.</summary>
public static class DamagedFiles
{
    /// <summary>The ending, before a number when there are several.</summary>
    public const string Ending = ".damaged";

    /// <summary>Renames a file; an earlier one stays.</summary>
    /// <returns>The new path.</returns>
    public static string PutAside(string path)
    {
        string target = path + Ending;
        for (int number = 2; File.Exists(target); number++)
        {
            target = $"{path}{Ending}.{number}";
        }

        File.Move(path, target);
        return target;
    }
}
