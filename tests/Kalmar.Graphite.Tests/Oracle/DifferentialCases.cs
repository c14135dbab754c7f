namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>What both sides are asked.</summary>
internal static class DifferentialCases
{
    private const string Web = "servers.*.cpu.user";
    private const string One = "servers.web1.cpu.user";

    private static readonly string[] s_windows = ["from=-3h", "from=-25h&maxDataPoints=100", "from=-3d&until=-1h"];

    /// <summary>Functions of one list, each asked of several kinds of data.</summary>
    private static readonly string[] s_unary =
    [
        "absolute(#)", "add(#,3)", "add(#,-2.5)", "aggregateLine(#,'max')", "aggregateLine(#,'count')", "aliasByMetric(#)", "aliasByNode(#,0,1)", "averageSeries(#)",
        "cactiStyle(#)", "changed(#)", "consolidateBy(#,'max')", "countSeries(#)", "cumulative(#)", "delay(#,3)", "derivative(#)", "exponentialMovingAverage(#,10)",
        "hitcount(#,'1h')", "integral(#)", "integralByInterval(#,'1h')", "interpolate(#)", "interpolate(#,2)", "invert(#)", "isNonNull(#)", "keepLastValue(#)",
        "keepLastValue(#,2)", "legendValue(#,'last','max')", "linearRegression(#)", "log(#)", "log(#,2)", "logit(scale(#,0.01))", "minMax(#)", "movingAverage(#,5)",
        "movingAverage(#,'15min')", "movingMedian(#,7)", "movingMax(#,'10min')", "movingSum(#,9,0.5)", "nPercentile(#,90)", "nonNegativeDerivative(#)",
        "offset(#,10)", "offsetToZero(#)", "perSecond(#)", "pow(#,2)", "pow(#,0.5)", "removeAbovePercentile(#,80)", "removeAboveValue(#,50)", "removeBelowPercentile(#,20)",
        "removeBelowValue(#,10)", "removeEmptySeries(#)", "round(#)", "round(#,1)", "round(#,-1)", "scale(#,0.1)", "scaleToSeconds(#,10)", "smartSummarize(#,'10min')",
        "smartSummarize(#,'1h','avg')", "squareRoot(#)", "stdev(#,10)", "summarize(#,'10min')", "summarize(#,'1h','max')", "summarize(#,'30min','avg',true)",
        "timeShift(#,'1h')", "timeSlice(#,'1699990000','1699998000')", "transformNull(#)", "transformNull(#,-1)", "sigmoid(scale(#,0.001))", "exp(scale(#,0.001))",
        "stacked(#)", "filterSeries(#,'max','>',60)", "sumSeries(#)",
    ];

    private static readonly string[] s_data = [Web, "data.gaps", "data.{negative,wrap,reset}", "mixed.*"];

    /// <summary>Others, as they are.</summary>
    private static readonly string[] s_others =
    [
        Web, "mixed.ten", "data.empty", "data.holes", "data.sparse", "nothing.at.all", "sumSeries(nothing.*)", "data.large", "data.small",
        $"aggregate({Web},'sum')", $"aggregate({Web},'medianSeries')", "aggregate(data.*,'stddev',0.5)", "aggregate(data.*,'last')", "aggregate(data.*,'diff')",
        "aggregate(mixed.*,'multiply')", "aggregate(mixed.*,'range')", "aggregate(mixed.*,'avg_zero')", "aggregate(mixed.*,'count',0.9)",
        "aggregateSeriesLists(servers.*.cpu.user,servers.*.cpu.system,'sum')", "aggregateSeriesLists(servers.*.cpu.user,servers.*.cpu.system,'diff',0.1)",
        "sumSeriesLists(servers.*.cpu.user,servers.*.cpu.system)", "diffSeriesLists(servers.*.cpu.user,servers.*.cpu.system)",
        "multiplySeriesLists(servers.*.cpu.user,servers.*.cpu.system)", "divideSeriesLists(servers.*.cpu.user,servers.*.cpu.system)",
        "aggregateWithWildcards(servers.*.cpu.*,'max',1)", "aggregateWithWildcards(servers.*.cpu.*,'sum',3)", "aggregateWithWildcards(servers.*.cpu.*,'sum',1,3)",
        "sumSeriesWithWildcards(servers.*.cpu.*,1)", "averageSeriesWithWildcards(servers.*.cpu.*,1)", "multiplySeriesWithWildcards(servers.*.cpu.*,3)",
        $"alias({One},'short name')", $"alias({Web},'same')", "alias(nothing.x,'n')", "aliasByNode(servers.*.cpu.*,1,-1)", "aliasByNode(sumSeries(servers.*.cpu.*),1)",
        "aliasByNode(scale(servers.web1.cpu.user,2),1,3)", "aliasByTags(servers.*.cpu.user,'name')", "aliasByTags(servers.*.cpu.user,1,'name')",
        "aliasSub(servers.*.cpu.user,'^servers\\.(web\\d)\\.','\\1 ')", "aliasSub(servers.*.cpu.user,'cpu','CPU')", "aliasSub(servers.*.cpu.user,'(\\w+)$','[\\1]')",
        "aliasQuery(servers.*.cpu.user,'user','system','now %d')", "aliasQuery(servers.web1.cpu.user,'user','system','%g and %%')", "aliasQuery(servers.web1.cpu.user,'user','none','%d')",
        $"alpha({One},0.5)", $"color({One},'red')", $"lineWidth({One},3)", $"dashed({One})", $"dashed({One},2.5)", $"drawAsInfinite({One})", $"secondYAxis({One})",
        "areaBetween(servers.web[12].cpu.user)", "areaBetween(servers.*.cpu.user)", "areaBetween(group(data.gaps,data.holes))",
        "applyByNode(servers.*.cpu.*,1,'sumSeries(%.cpu.*)')", "applyByNode(servers.*.cpu.*,1,'divideSeries(%.cpu.user,%.cpu.system)','% ratio')", "applyByNode(servers.*.cpu.*,2,'%.user')",
        "asPercent(servers.*.cpu.user)", "asPercent(servers.*.cpu.user,1000)", "asPercent(servers.*.cpu.user,sumSeries(servers.*.cpu.user))", "asPercent(servers.*.cpu.user,servers.*.cpu.system)",
        "asPercent(servers.*.cpu.*,None,1)", "asPercent(servers.*.cpu.*,servers.web1.cpu.*,3)", "asPercent(servers.web[12].cpu.user,servers.web[23].cpu.user,1)", "asPercent(data.*)",
        "asPercent(mixed.*)", "asPercent(servers.*.cpu.user,2.5)", "pct(data.gaps,data.holes)",
        "averageAbove(servers.*.cpu.user,60)", "averageBelow(servers.*.cpu.user,60)", "averageAbove(data.*,0)", "averageBelow(data.*,0)", "currentAbove(data.*,10)", "currentBelow(data.*,10)",
        "maximumAbove(data.*,50)", "maximumBelow(data.*,50)", "minimumAbove(data.*,0)", "minimumBelow(data.*,0)", "averageOutsidePercentile(servers.*.cpu.*,60)",
        "averageOutsidePercentile(servers.*.cpu.*,20)", "averageOutsidePercentile(servers.*.net.*,90)", "removeBetweenPercentile(servers.*.cpu.*,60)", "removeBetweenPercentile(servers.*.cpu.*,30)",
        "removeBetweenPercentile(servers.*.net.*,90)",
        "cactiStyle(servers.*.net.bytes,'si')", "cactiStyle(servers.*.net.bytes,'binary','b')", "cactiStyle(data.*,units='x')", "cactiStyle(data.empty)",
        "compressPeriodicGaps(data.sparse)", "constantLine(5)", "constantLine(1.25)", "constantLine(-3)", "countSeries()", "countSeries(data.*,mixed.*)",
        "consolidateBy(data.gaps,'sum')", "consolidateBy(data.gaps,'min')", "consolidateBy(data.gaps,'first')", "consolidateBy(data.gaps,'last')", "consolidateBy(data.gaps,'avg_zero')",
        "delay(data.gaps,-4)", "delay(data.gaps,100000)", "diffSeries(servers.*.cpu.user)", "diffSeries(servers.web1.cpu.user,servers.web2.cpu.user)", "diffSeries(data.gaps,data.holes)",
        "divideSeries(servers.*.cpu.user,servers.web1.cpu.system)", "divideSeries(data.*,data.zero)", "divideSeries(servers.*.cpu.user,nothing.x)", "divideSeries(mixed.*,mixed.five)",
        "divideSeries(servers.*.cpu.user,servers.*.cpu.user)", "exclude(servers.*.cpu.user,'web[12]')", "exclude(data.*,'a')", "grep(servers.*.cpu.user,'web[12]')", "grep(data.*,'^data.(gaps|holes)$')",
        "exponentialMovingAverage(data.gaps,'30min')", "exponentialMovingAverage(data.holes,20)", "events('*')", "events('a','b')",
        "fallbackSeries(nothing.x,servers.web1.cpu.user)", "fallbackSeries(data.gaps,servers.web1.cpu.user)", "fallbackSeries(nothing.x,nothing.y)",
        "filterSeries(data.*,'last','=',0)", "filterSeries(data.*,'avg','<=',10)", "filterSeries(data.*,'min','!=',0)", "filterSeries(data.*,'sum','<',0)", "filterSeries(data.*,'count','>=',100)",
        "group(servers.web1.cpu.user,data.*)", "group(data.gaps)", "groupByNode(servers.*.cpu.*,1)", "groupByNode(servers.*.cpu.*,3,'max')", "groupByNode(servers.*.cpu.*,1,'sumSeries')",
        "groupByNode(servers.*.cpu.*,-1,'countSeries')", "groupByNode(servers.*.cpu.*,1,'asPercent')", "groupByNodes(servers.*.cpu.*,'sum',0,3)", "groupByNodes(servers.*.*.*,'avg',2,3)",
        "groupByNodes(servers.*.cpu.*,'diffSeries',1)", "groupByTags(servers.*.cpu.user,'sum','name')", "groupByTags(servers.*.cpu.user,'max','host')", "groupByNode(mixed.*,0,'last')",
        "highest(servers.*.cpu.*,2)", "highest(data.*,3,'max')", "highest(data.*,1,'current')", "highestAverage(servers.*.cpu.*,2)", "highestCurrent(data.*,2)", "highestMax(data.*,4)",
        "lowest(servers.*.cpu.*,2)", "lowest(data.*,3,'min')", "lowestAverage(data.*,2)", "lowestCurrent(data.*,2)", "highest(data.*)", "lowest(data.*)",
        "hitcount(servers.web1.cpu.user,'30min',true)", "hitcount(data.gaps,'7min')", "hitcount(data.gaps,'1d',true)", "hitcount(mixed.*,'1min')",
        "holtWintersForecast(servers.web1.cpu.user)", "holtWintersForecast(servers.web[12].cpu.user,'3d')", "holtWintersForecast(data.gaps,'2d','6h')",
        "holtWintersConfidenceBands(servers.web1.cpu.user)", "holtWintersConfidenceBands(data.gaps,5,'2d')", "holtWintersConfidenceBands(servers.web[12].cpu.user,2,'2d','12h')",
        "holtWintersConfidenceArea(servers.web1.cpu.user)", "holtWintersConfidenceArea(data.gaps,5,'2d')", "holtWintersConfidenceArea(data.holes,2,'3d','6h')",
        "holtWintersAberration(servers.web1.cpu.user)", "holtWintersAberration(data.gaps,1,'2d')", "holtWintersAberration(servers.web[12].cpu.user,2,'2d','12h')",
        "identity('t')", "identity('some.name')", "time('t')", "time('t',600)", "timeFunction('x.y',3600)", "sin('s')", "sin('s',10)", "sinFunction('s',3,300)",
        "scale(identity('t'),0.5)", "integralByInterval(data.holes,'10min')", "integralByInterval(data.wrap,'1d')",
        "legendValue(data.*,'avg','si')", "legendValue(data.*,'min','max','binary')", "legendValue(servers.web1.cpu.user,'nosuch')", "legendValue(data.gaps,'count','sum')",
        "limit(data.*,3)", "limit(data.*,100)", "limit(data.*,0)", "limit(data.*,-2)", "linearRegression(servers.web1.cpu.user,'1699990000')", "linearRegression(data.gaps,'1699980000','1699995000')",
        "linearRegression(mixed.*,'1699900000','1699990000')", "logit(data.zero)", "log(data.negative)", "log(servers.web1.net.bytes,3)",
        "map(servers.*.cpu.*,1)", "mapSeries(servers.*.cpu.*,1,3)", "reduceSeries(mapSeries(servers.*.cpu.*,1),'asPercent',3,'user','system')",
        "reduceSeries(mapSeries(servers.*.cpu.*,1),'divideSeries',3,'user','system')", "reduce(map(servers.*.cpu.*,1),'diffSeries',3,'user','system')",
        "maxSeries(servers.*.cpu.*)", "maxSeries(data.*)", "maxSeries(mixed.*)", "minSeries(servers.*.cpu.*)", "minSeries(data.*)", "minSeries(mixed.*)",
        "mostDeviant(servers.*.cpu.*,2)", "mostDeviant(data.*,3)", "mostDeviant(mixed.*,1)", "movingAverage(servers.*.cpu.user,60)", "movingAverage(data.gaps,'1h',0.8)", "movingAverage(mixed.*,10)",
        "movingMin(data.gaps,10)", "movingMin(data.holes,'20min')", "movingMin(mixed.*,'5min',0.5)", "movingMedian(data.gaps,'1h')", "movingMedian(mixed.*,4)", "movingMax(data.gaps,3)",
        "movingSum(data.holes,'10min')", "movingWindow(data.gaps,10)", "movingWindow(data.gaps,'10min','stddev')", "movingWindow(mixed.*,5,'range')", "movingWindow(data.wrap,5,'diff')",
        "movingWindow(data.holes,6,'last',0.5)", "movingWindow(data.holes,6,'count')", "movingAverage(sumSeries(servers.*.cpu.user),12)", "movingAverage(derivative(data.wrap),'10min')",
        "multiplySeries(servers.*.cpu.user)", "multiplySeries(data.gaps,data.holes)", "multiplySeries(data.gaps)", "nPercentile(data.*,50)", "nPercentile(servers.*.cpu.*,99.9)", "nPercentile(data.gaps,1)",
        "nonNegativeDerivative(data.wrap,65535)", "nonNegativeDerivative(data.reset,minValue=0)", "nonNegativeDerivative(data.wrap,maxValue=65535,minValue=0)", "perSecond(data.wrap,65535)",
        "perSecond(servers.*.net.bytes)", "perSecond(data.reset,minValue=0)", "percentileOfSeries(servers.*.cpu.*,50)", "percentileOfSeries(data.*,90,true)", "percentileOfSeries(mixed.*,33.3)",
        "percentileOfSeries(servers.*.cpu.*,0)", "pow(data.negative,0.5)", "pow(data.zero,-1)", "powSeries(mixed.minute,mixed.five)", "powSeries(servers.web1.cpu.system,mixed.five)", "powSeries(data.negative,data.small)",
        "rangeOfSeries(servers.*.cpu.*)", "rangeOfSeries(data.*)", "rangeOfSeries(mixed.*)", "removeEmptySeries(data.*)", "removeEmptySeries(data.*,0.5)", "removeEmptySeries(data.*,1)",
        "setXFilesFactor(sumSeries(data.*),0.5)", "sumSeries(setXFilesFactor(data.*,0.9))", "xFilesFactor(data.gaps,0.9)", "seriesByTag('name=nothing')",
        "smartSummarize(data.gaps,'1h','sum','hours')", "smartSummarize(data.gaps,'1d','max','days')", "smartSummarize(mixed.*,'2h','last','weeks')", "smartSummarize(data.holes,'6h','min','months1')",
        "smartSummarize(data.holes,'6h','min','weeks3')", "smartSummarize(data.holes,'6h','count','minutes')",
        "sortBy(data.*)", "sortBy(data.*,'max')", "sortBy(data.*,'min',true)", "sortByMaxima(data.*)", "sortByMinima(data.*)", "sortByTotal(data.*)", "sortByName(data.*)", "sortByName(servers.*.*.*,true)",
        "sortByName(data.*,false,true)", "sortByMaxima(servers.*.cpu.*)", "sortByMinima(servers.*.cpu.*)", "sortByTotal(servers.*.cpu.*)", "sortByMaxima(mixed.*)", "sortByMinima(mixed.*)", "sortByTotal(mixed.*)",
        "stacked(servers.*.cpu.user,'a')", "group(stacked(servers.*.cpu.user),stacked(servers.*.cpu.system))", "stacked(data.gaps,'__DEFAULT__')",
        "stddevSeries(servers.*.cpu.*)", "stddevSeries(data.*)", "stddevSeries(mixed.*)", "stdev(data.gaps,5,0.5)", "stdev(data.wrap,30)",
        "substr(servers.*.cpu.user,1)", "substr(servers.*.cpu.user,1,3)", "substr(servers.*.cpu.user,-2,-1)", "substr(sumSeries(servers.*.cpu.user),1)", "substr(scale(data.gaps,3),0)",
        "sumSeries(data.*,mixed.*)", "sumSeries(mixed.ten,mixed.five)", "sum(servers.*.cpu.user)", "avg(data.*)",
        "summarize(data.sparse,'20min','last')", "summarize(data.gaps,'90s')", "summarize(mixed.*,'1min','sum')", "summarize(data.gaps,'1d','median')", "summarize(data.gaps,'7min','stddev',true)",
        "threshold(10)", "threshold(5.5,'limit')", "threshold(1,'l','red')", "timeShift(data.gaps,'1d')", "timeShift(servers.*.cpu.user,'+1h')", "timeShift(data.wrap,'2h',false)", "timeShift(mixed.*,'7min')",
        "timeShift(data.gaps,'1d',true,true)", "timeSlice(data.gaps,'1699995000','1699999990')", "timeSlice(servers.*.cpu.user,'20231114','1699999000')",
        "timeStack(data.gaps,'1d',0,3)", "timeStack(servers.web1.cpu.user,'2h',1,3)", "timeStack(mixed.minute,'-1h',0,2)",
        "transformNull(data.empty,0,data.gaps)", "transformNull(data.gaps,7,data.holes)", "transformNull(data.sparse,default=3)", "unique(data.*,data.gaps)", "unique(alias(data.*,'x'))", "unique(mixed.*)",
        "useSeriesAbove(servers.*.cpu.user,70,'user','system')", "useSeriesAbove(servers.*.cpu.user,10000,'user','system')", "useSeriesAbove(servers.*.net.bytes,0,'net.bytes','cpu.user')",
        "verticalLine('1699999000')", "verticalLine('1699999500','label','blue')", "verticalLine('1600000000')",
        "weightedAverage(servers.*.cpu.user,servers.*.cpu.system,1)", "weightedAverage(servers.*.cpu.user,servers.*.net.bytes,0,1)", "weightedAverage(servers.*.cpu.user,data.gaps,1)",
        "template(servers.$host.cpu.user,host='web1')", "template(servers.web$1.cpu.user,2)", "template(sumSeries(servers.$h.cpu.*),h='web*')", "template(scale(data.gaps,$f),f=3)",
        "data.gaps|scale(2)", "servers.*.cpu.*|sumSeries()", "servers.*.cpu.*|groupByNode(1,'max')|scale(0.5)|alias('piped')", "data.gaps | keepLastValue(3) | alias('x')",
        "sumSeries(data.gaps", "data.gaps)", "scale(data.gaps,2)extra", "{data,mixed}.{gaps,five}", "data.[gh]*", "data.?aps", "data.{gaps,holes,}", "*.gaps", "**.five", "data.[!gh]*",
        "scale(scale(scale(data.gaps,2),3),4)", "sumSeries(scale(data.*,2),offset(mixed.*,1))", "alias(sumSeries(derivative(servers.*.net.bytes)),'total')",
    ];

    private static readonly string[] s_times =
    [
        "from=-1h", "from=-90min", "from=-2d&until=-1d", "from=midnight", "from=midnight%2B3h", "from=midnight-1d&until=midnight", "from=noon&until=now", "from=yesterday", "from=today", "from=noon-1d",
        "from=teatime-2d", "from=10:00_20231114", "from=10:00_20231114&until=14:30_20231114", "from=6pm%2Byesterday", "from=6pm_yesterday", "from=6am_today", "from=12am_yesterday", "from=12pm_yesterday",
        "from=1:30am_today", "from=1:30pm_yesterday", "from=monday", "from=tuesday&until=now", "from=sunday", "from=friday-1w", "from=11/10/23", "from=11/10/2023&until=11/12/2023", "from=20231110",
        "from=20231110&until=20231112", "from=00:00_20231110&until=23:59_20231110", "from=nov10", "from=november_12", "from=nov1", "from=jan1", "from=-1w", "from=-1mon", "from=-1month", "from=-1y", "from=-1d12h",
        "from=-3600s", "from=-3600seconds", "from=-2weeks", "from=-5days", "from=now-1h", "from=now-1d&until=now-1h", "from=1699990000", "from=1699990000&until=1699995000", "from=1699995000&until=1699990000",
        "from=-1h&until=-1h", "from=-1m", "from=garbage", "from=-1x", "from=noon_tomorrow&until=-3d", "from=tomorrow", "from=20251301", "from=99999999", "from=-1d&until=%2B1h", "from=midnight_20231112",
        "from=9pm_11/12/23", "from=16:00_11/12/23&until=teatime", "from=wed", "from=Thursday", "from=NOON", "from=-1hour&until=now", "from=8:00", "from=8:5", "from=23:59&until=now", "from=25:00",
    ];

    private static readonly string[] s_zones = ["", "&tz=Europe/Stockholm", "&tz=America/New_York", "&tz=Nowhere/Land"];

    public static IEnumerable<string> Render()
    {
        foreach (var window in s_windows)
        {
            foreach (var function in s_unary)
            {
                foreach (var data in s_data) yield return Query(function.Replace("#", data, StringComparison.Ordinal), window);
            }
        }

        for (var i = 0; i < s_others.Length; i++)
        {
            yield return Query(s_others[i], s_windows[i % s_windows.Length]);
            yield return Query(s_others[i], s_windows[(i + 1) % s_windows.Length]);
        }

        foreach (var options in new[] { "noNullPoints=1", "xFilesFactor=0.5", "maxDataPoints=1", "maxDataPoints=7", "maxDataPoints=50&xFilesFactor=0.9", "maxDataPoints=1000000" })
        {
            foreach (var target in new[] { "data.*", "sumSeries(data.*)", "mixed.*", "consolidateBy(data.gaps,'max')", "data.sparse&target=mixed.ten" }) yield return Query(target, "from=-6h&" + options);
        }
    }

    public static IEnumerable<string> Tagged()
    {
        string[] targets =
        [
            "seriesByTag('name=disk.used')", "seriesByTag('name=disk.used','rack=a1')", "seriesByTag('name=~disk.*','datacenter!=dc2')", "seriesByTag('rack=~a|b','server!=~web0[12]')",
            "seriesByTag('server=web01','rack=')", "seriesByTag('name=nothing')", "seriesByTag('kind=a.b-c')", "seriesByTag('server=db 1')", "seriesByTag('rack!=a1','name=disk.free')",
            "aliasByTags(seriesByTag('name=disk.used'),'server')", "aliasByTags(seriesByTag('name=disk.used'),'name','rack')", "aliasByNode(seriesByTag('name=disk.used'),1,'rack')",
            "groupByTags(seriesByTag('name=disk.used'),'sum','rack')", "groupByTags(seriesByTag('name=~disk.*'),'average','datacenter','name')", "sumSeries(seriesByTag('name=disk.used'))",
            "averageSeries(seriesByTag('name=~disk'),seriesByTag('name=load'))", "scale(seriesByTag('server=web01'),2)", "seriesByTag('name=disk.used')|groupByTags('max','datacenter')|alias('m')",
            "asPercent(seriesByTag('name=disk.used'),None,'rack')", "groupByNodes(seriesByTag('name=disk.used'),'sum','rack','server')",
            "disk.used;datacenter=dc1;rack=a1;server=web01",
        ];
        foreach (var window in s_windows)
        {
            foreach (var target in targets) yield return Query(target, window);
        }
    }

    public static IEnumerable<string> Times()
    {
        foreach (var zone in s_zones)
        {
            foreach (var time in s_times) yield return Query("constantLine(1)", time + zone);
        }
    }

    public static IEnumerable<string> Find()
    {
        foreach (var query in new[] { "*", "servers.*", "servers.web1.*", "servers.web[12].cpu.*", "data.{gaps,holes}", "nothing.*", "servers.w*.*.b*", "data.ga", "d", "servers.", "**.five", "data.g?ps" })
        {
            foreach (var format in new[] { "treejson", "treejson&wildcards=1", "completer", "completer&wildcards=1", "nodelist", "nodelist&position=0" })
                yield return $"metrics/find?query={Uri.EscapeDataString(query)}&format={format}";
            yield return $"metrics/expand?query={Uri.EscapeDataString(query)}";
            yield return $"metrics/expand?query={Uri.EscapeDataString(query)}&leavesOnly=1&groupByExpr=1";
        }

        yield return "metrics/index.json";
        yield return "metrics/find?format=treejson";
        yield return "metrics/find?query=";
        yield return "metrics/find?query=*&format=nosuch";
        yield return "metrics/find?query=*&format=treejson&jsonp=back";
    }

    private static string Query(string target, string window)
    {
        var cut = target.IndexOf("&target=", StringComparison.Ordinal);
        var escaped = cut < 0 ? Uri.EscapeDataString(target) : target;
        return $"target={escaped}&now={OracleData.Now}&{window}&format=json";
    }
}
