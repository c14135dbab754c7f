using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Tests.Configuration;

public sealed class CarbonConfTests
{
    [Theory]
    [InlineData("MAX_UPDATES_PER_SECND = 5", "carbon.conf line 2 [cache] MAX_UPDATES_PER_SECND is no key of carbon.conf and is not used")]
    [InlineData("MIN_TIMESTAMP_LAG = 5", "MIN_TIMESTAMP_LAG is not followed")]
    [InlineData("USE_FLOW_CONTROL = False", "drops nothing")]
    [InlineData("ENABLE_MANHOLE = True", "there is no manhole")]
    [InlineData("USER = nobody-of-this-name", "start as nobody-of-this-name")]
    public void What_is_not_followed_is_told(string line, string told) =>
        Assert.Contains(told, Assert.Single(Parse(CarbonProgram.Cache, line).Ignored), StringComparison.Ordinal);

    [Theory]
    [InlineData("USE_FLOW_CONTROL = True")]
    [InlineData("MIN_TIMESTAMP_LAG = 0")]
    [InlineData("LOG_UPDATES = False")]
    [InlineData("MAX_QUEUE_SIZE = 10000")]
    [InlineData("UDP_RECEIVER_PORT = 2003")]
    [InlineData("DATABASE = whisper")]
    [InlineData("USER =")]
    public void What_changes_nothing_is_not_told(string line) => Assert.Empty(Parse(CarbonProgram.Cache, line).Ignored);

    [Theory]
    [InlineData(CarbonProgram.Cache)]
    [InlineData(CarbonProgram.Relay)]
    [InlineData(CarbonProgram.Aggregator)]
    public void Debians_own_file_asks_for_nothing_else_than_another_user(CarbonProgram program) =>
        Assert.All(CarbonConf.Load("/etc/carbon/carbon.conf", program).Ignored, i => Assert.Contains("_graphite", i, StringComparison.Ordinal));

    [Theory]
    [InlineData("DATABASE = ceres", "import-ceres")]
    [InlineData("ENABLE_AMQP = True", "AMQP is not spoken")]
    [InlineData("GRAPHITE_URL = graphite:secret@host", "GRAPHITE_URL: no URL")]
    public void What_would_lose_points_or_tags_is_an_error(string line, string said)
    {
        string message = Assert.Throws<CarbonConfigurationException>(() => Parse(CarbonProgram.Cache, line)).Message;
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DESTINATION_TRANSPORT = tls", "'tls' is unknown; use one of none, ssl")]
    [InlineData("DESTINATION_TRANSPORT = ssl\nDESTINATION_SSL_CA = /nowhere/ca.pem", "/nowhere/ca.pem")]
    [InlineData("DESTINATION_TRANSPORT = ssl\nDESTINATION_SSL_CA = /dev/null", "has no certificate")]
    public void Transport_that_is_not_secure_as_asked_is_an_error(string lines, string said) =>
        Assert.Contains(said, Assert.Throws<CarbonConfigurationException>(() => Parse(CarbonProgram.Relay, lines)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_of_rule_files_and_settings_of_tags_are_followed()
    {
        CarbonOptions options = Parse(
            CarbonProgram.AggregatorCache,
            "AGGREGATION_RULES = my-aggregation.conf\nREWRITE_RULES = /etc/elsewhere/rewrite.conf\nRELAY_RULES = r.conf\nGRAPHITE_URL = http://graphite:8080/g\nTAG_BATCH_SIZE = 7\nTAG_QUEUE_SIZE = 8\nTAG_UPDATE_INTERVAL = 9");
        Assert.Equal("my-aggregation.conf", options.AggregationRulesFile);
        Assert.Equal("/etc/elsewhere/rewrite.conf", options.ConfigurationFile(options.RewriteRulesFile));
        Assert.Equal("r.conf", options.RelayRulesFile);
        Assert.Equal((new Uri("http://graphite:8080/g"), 7, 8, 9), (options.Tags!.GraphiteUrl, options.Tags.BatchSize, options.Tags.QueueSize, options.Tags.UpdateInterval));
        Assert.Equal(new Uri("http://127.0.0.1:80"), Parse(CarbonProgram.Cache, "").Tags!.GraphiteUrl);
        Assert.Null(Parse(CarbonProgram.Cache, "ENABLE_TAGS = False").Tags);
        Assert.Null(Parse(CarbonProgram.Relay, "DESTINATIONS = 127.0.0.1:1:a").Tags);
    }

    private static CarbonOptions Parse(CarbonProgram program, string lines)
    {
        string section = program switch
        {
            CarbonProgram.Relay => "relay",
            CarbonProgram.AggregatorCache => "aggregator-cache",
            _ => "cache",
        };
        return CarbonConf.Parse($"[{section}]\n{lines}\n", "carbon.conf", program, "a");
    }
}
