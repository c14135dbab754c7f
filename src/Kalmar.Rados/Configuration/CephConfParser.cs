using System.Text;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// Reads the form of <c>ceph.conf</c>. What ceph-conf of 16.2 takes gives the same here. Taken beyond that: blanks before a section or around
/// its name, no end of line at the end of the file, comment characters inside quotes, a byte order mark, and any UTF-8.
/// </summary>
internal sealed class CephConfParser(string text, CephConfFile file)
{
    private int _position;
    private int _line = 1;

    private bool AtEnd => _position >= text.Length;

    private bool AtEndOfLine => AtEnd || text[_position] is '\n' or '\r';

    private bool AtComment => !AtEnd && text[_position] is ';' or '#';

    public void Run()
    {
        if (text.StartsWith('\uFEFF'))
        {
            _position++;
        }

        CephConfSection? section = null;
        while (!AtEnd)
        {
            SkipBlanks();
            if (AtEndOfLine || AtComment)
            {
                EndLine("");
            }
            else if (text[_position] == '[')
            {
                section = ReadSection();
            }
            else
            {
                ReadSetting(section);
            }
        }
    }

    private CephConfSection ReadSection()
    {
        int line = _line;
        int start = ++_position;
        while (!AtEndOfLine && !AtComment && text[_position] != ']')
        {
            _position++;
        }

        if (AtEndOfLine || text[_position] != ']')
        {
            throw Error($"']' expected after '[{text[start.._position]}'");
        }

        string name = text[start.._position].Trim();
        _position++;
        EndLine($"after [{name}]");
        return name.Length > 0 ? file.Open(name, line) : throw Error(line, "a section without a name: []");
    }

    private void ReadSetting(CephConfSection? section)
    {
        int line = _line;
        int start = _position;
        while (!AtEndOfLine && !AtComment && text[_position] is not ('=' or '['))
        {
            _position++;
        }

        string option = CephOptionName.FromFile(text[start.._position]);
        if (AtEndOfLine || text[_position] != '=')
        {
            throw Error($"'=' expected after '{option}'");
        }

        if (option.Length == 0)
        {
            throw Error("an option's name expected before '='");
        }

        if (section is null)
        {
            throw Error($"'{option}' stands before the first section: put [global] above it");
        }

        _position++;
        SkipBlanks();
        string value = !AtEnd && text[_position] is '"' or '\'' ? ReadQuoted(option) : ReadText(option, quote: null);
        EndLine($"after the value of '{option}'");
        section.Add(new CephConfSetting(option, value.Trim(' ', '\t'), line));
    }

    private string ReadQuoted(string option)
    {
        char quote = text[_position++];
        string value = ReadText(option, quote);
        if (AtEndOfLine)
        {
            throw Error($"the quote before the value of '{option}' is not closed in its line");
        }

        _position++;
        return value;
    }

    private string ReadText(string option, char? quote)
    {
        var value = new StringBuilder();
        while (!AtEndOfLine)
        {
            char c = text[_position];
            if (quote is null ? c is ';' or '#' : c == quote)
            {
                break;
            }

            _position++;
            if (c != '\\')
            {
                value.Append(c);
            }
            else if (AtEnd)
            {
                throw Error($"the value of '{option}' ends in a backslash with nothing behind it");
            }
            else if (AtEndOfLine)
            {
                SkipEndOfLine();
            }
            else
            {
                value.Append(text[_position++]);
            }
        }

        return value.ToString();
    }

    /// <summary>Nothing but blanks and a comment may come before the end of the line.</summary>
    private void EndLine(string where)
    {
        SkipBlanks();
        if (!AtEndOfLine && !AtComment)
        {
            throw Error($"unexpected text {where}; put a ; or # before a comment");
        }

        while (!AtEndOfLine)
        {
            _position++;
        }

        SkipEndOfLine();
    }

    private void SkipEndOfLine()
    {
        if (AtEnd)
        {
            return;
        }

        bool pair = text[_position] == '\r' && _position + 1 < text.Length && text[_position + 1] == '\n';
        _position += pair ? 2 : 1;
        _line++;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    private CephConfigurationException Error(string problem) => Error(_line, problem);

    private CephConfigurationException Error(int line, string problem) => new($"{file.Path}:{line}: {problem}");
}
