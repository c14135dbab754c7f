using System.CommandLine;

namespace Kalmar.Cli.Commands;

/// <summary>The options of the server; the same for <c>up</c> and <c>serve</c>.</summary>
internal sealed class ServeArguments
{
    private readonly Option<string?> _config = new("--config") { Description = "The configuration file (default: $KALMAR_CONFIG, /etc/kalmar/kalmar.json).", HelpName = "FILE" };

    private readonly Option<string?> _listen = new("--listen") { Description = "Address to serve on (default: http://127.0.0.1:8420); several with semicolons.", HelpName = "URL" };

    private readonly Option<string?> _data = new("--data") { Description = "Folder for history, users and keys.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_listen);
        command.Add(_data);
    }

    public string? ReadConfig(ParseResult result) => result.GetValue(_config);

    public Dictionary<string, string?> ReadKeys(ParseResult result) => new Dictionary<string, string?>
    {
        ["listen"] = result.GetValue(_listen),
        ["data"] = result.GetValue(_data),
    }.Where(k => k.Value is not null).ToDictionary();
}
