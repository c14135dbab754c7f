using System.Net;
using System.Text;

namespace Kalmar.Server.Tests.Hosting;

/// <summary>Looks at pages as a reader does.</summary>
internal static class Html
{
    /// <summary>The text of a page, with one space wherever there are tags or white space.</summary>
    public static string Text(string html)
    {
        StringBuilder text = new();
        bool inTag = false;
        foreach (char c in html)
        {
            inTag = c == '<' || (inTag && c != '>');
            text.Append(inTag || c == '>' ? ' ' : c);
        }

        return string.Join(' ', WebUtility.HtmlDecode(text.ToString()).Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The main element of a page.</summary>
    public static string MainPart(string page)
    {
        int start = page.IndexOf("<main", StringComparison.Ordinal);
        return page[start..(page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)];
    }
}
