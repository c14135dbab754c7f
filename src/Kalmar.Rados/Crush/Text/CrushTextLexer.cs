namespace Kalmar.Rados.Crush.Text;

/// <summary>Cuts a CRUSH text into words and braces; <c>#</c> begins a comment that lasts to the end of the line.</summary>
internal sealed class CrushTextLexer(string text)
{
    private int _position;
    private int _line = 1;
    private int _lineStart;

    public CrushToken Next()
    {
        SkipBlank();
        int start = _position, column = start - _lineStart + 1;
        if (start == text.Length)
        {
            return new CrushToken("", _line, column);
        }

        _position++;
        if (!IsBrace(text[start]))
        {
            while (_position < text.Length && !IsBrace(text[_position]) && !IsBlank(text[_position]) && text[_position] != '#')
            {
                _position++;
            }
        }

        return new CrushToken(text[start.._position], _line, column);
    }

    private static bool IsBrace(char c) => c is '{' or '}' or '[' or ']';

    private static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');

    private void SkipBlank()
    {
        bool comment = false;
        for (; _position < text.Length; _position++)
        {
            char c = text[_position];
            if (c == '\n')
            {
                _line++;
                _lineStart = _position + 1;
                comment = false;
            }
            else if (c == '#')
            {
                comment = true;
            }
            else if (!comment && !IsBlank(c))
            {
                return;
            }
        }
    }
}
