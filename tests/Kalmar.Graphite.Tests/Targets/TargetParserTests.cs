using Kalmar.Graphite.Targets;

namespace Kalmar.Graphite.Tests.Targets;

public sealed class TargetParserTests
{
    [Theory]
    [InlineData("a.b.c", "a.b.c")]
    [InlineData("a.{b,c}*.d[0-9]?", "a.{b,c}*.d[0-9]?")]
    [InlineData("  spaced . out", "spaced")]
    [InlineData("sumSeries(a.*, b.c)", "sumSeries(a.*,b.c)")]
    [InlineData("a.b | scale(2) | alias('x')", "alias(scale(a.b,2),'x')")]
    [InlineData("f(a, 1, -2.5, 1e3, \"t\", true, None, inf, key=5)", "f(a,1,-2.5,1000,'t',True,None,inf,key=5)")]
    [InlineData("f(a,key='x',other=b.c)", "f(a,key='x',other=b.c)")]
    [InlineData("f()", "f()")]
    [InlineData("f(a", "f")]
    [InlineData("f(a))", "f(a)")]
    [InlineData("f(key=1)", "f")]
    [InlineData("a.b.123", "a.b.123")]
    [InlineData("f(1min.load)", "f(1min.load)")]
    [InlineData("f(true.north)", "f(true.north)")]
    [InlineData("a\\(b\\).c", "a\\(b\\).c")]
    [InlineData("disk;host=a;rack=~b", "disk;host=a;rack=~b")]
    [InlineData("template(a.$x.b, x='y')", "template(a.$x.b;x=y)")]
    [InlineData("template(f(a.$1), 7)", "template(f(a.$1);1=7)")]
    public void Target_is_read(string target, string expected) => Assert.Equal(expected, Show(TargetParser.Parse(target)));

    [Theory]
    [InlineData("")]
    [InlineData(")")]
    [InlineData("{}")]
    [InlineData("'text'")]
    public void Nothing_to_evaluate_is_refused(string target) => Assert.Equal(400, Assert.Throws<GraphiteException>(() => TargetParser.Parse(target)).Status);

    [Theory]
    [InlineData("f(", ")")]
    [InlineData("f(", "")]
    [InlineData("template(", "")]
    [InlineData("template(f(", "))")]
    public void Nesting_of_ten_thousand_is_refused(string open, string close)
    {
        var target = string.Concat(Enumerable.Repeat(open, 10_000)) + "a" + string.Concat(Enumerable.Repeat(close, 10_000));
        Assert.Equal(422, Assert.Throws<GraphiteException>(() => TargetParser.Parse(target)).Status);
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var random = new Random(3);
        const string Characters = "ab.(){},'\"|\\ =$*[]01-e";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(Enumerable.Range(0, random.Next(30)).Select(_ => Characters[random.Next(Characters.Length)]).ToArray());
            try
            {
                Assert.NotEmpty(Show(TargetParser.Parse(text)));
            }
            catch (GraphiteException e)
            {
                Assert.True(e.Status is 400 or 422);
            }
        }
    }

    private static string Show(TargetNode node) => node switch
    {
        PathNode path => path.Path,
        ConstantNode { Value: string text } => $"'{text}'",
        ConstantNode { Value: null } => "None",
        ConstantNode { Value: double number } when double.IsInfinity(number) => "inf",
        ConstantNode constant => constant.Value.ToString()!,
        TemplateNode template => $"template({Show(template.Body)};{string.Join(';', template.Values.Select(v => $"{v.Key}={v.Value}"))})",
        CallNode call => $"{call.Name}({string.Join(',', call.Arguments.Select(Show).Concat(call.Named.Select(n => $"{n.Key}={Show(n.Value)}")))})",
        _ => throw new InvalidOperationException(),
    };
}
