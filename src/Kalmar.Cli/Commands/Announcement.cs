using Kalmar.Server;
using Spectre.Console;

namespace Kalmar.Cli.Commands;

/// <summary>What a server says when it is ready: where it is, and, once, the first password.</summary>
internal static class Announcement
{
    public static void Print(IReadOnlyList<string> addresses, FirstAdministrator? administrator, string data, string? conf)
    {
        var grid = new Grid().AddColumn().AddColumn();
        grid.AddRow(new Text("Page"), new Text(string.Join("  ", addresses), new Style(Color.Green, decoration: Decoration.Bold)));
        if (administrator is not null)
        {
            grid.AddRow(new Text("User"), new Text(administrator.Name));
            grid.AddRow(new Text("Password"), new Text($"{administrator.Password}   (shown only now)", new Style(Color.Yellow)));
        }

        if (conf is not null)
        {
            grid.AddRow(new Text("Ceph"), new Text($"ceph -c {conf} -s"));
        }

        grid.AddRow(new Text("Data"), new Text(data));
        grid.AddRow(new Text("Stop"), new Text("Ctrl-C"));
        bool plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is not null;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });

        // A log keeps the lines whole: what a person copies from it must not be wrapped.
        console.Profile.Width = plain ? 200 : console.Profile.Width;
        console.Write(new Panel(grid) { Header = new PanelHeader(" Kalmar is up "), Border = BoxBorder.Rounded });
    }
}
