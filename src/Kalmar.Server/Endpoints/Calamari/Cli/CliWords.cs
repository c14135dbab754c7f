using System.Text;

namespace Kalmar.Server.Endpoints.Calamari.Cli;

/// <summary>Splits a command line into words as a POSIX shell does, without anything else that a shell does.</summary>
internal static class CliWords
{
    /// <summary>The words; null when a quote is left open.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool open = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(c == '\\' && quote == '"' && i + 1 < line.Length && line[i + 1] is '"' or '\\' ? line[++i] : c);
                }
            }
            else if (c is '\'' or '"')
            {
                (quote, open) = (c, true);
            }
            else if (char.IsWhiteSpace(c))
            {
                End();
            }
            else
            {
                word.Append(c == '\\' && i + 1 < line.Length ? line[++i] : c);
                open = true;
            }
        }

        if (quote != '\0')
        {
            return null;
        }

        End();
        return words;

        void End()
        {
            if (open)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            open = false;
        }
    }
}
