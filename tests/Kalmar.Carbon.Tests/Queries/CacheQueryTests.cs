using System.Net;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Queries;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Queries;

public sealed class CacheQueryTests
{
    private const string Program = """
        import pickle, struct, socket, sys
        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        def ask(q, protocol=-1):
            body = pickle.dumps(q, protocol=protocol)
            s.sendall(struct.pack('!L', len(body)) + body)
            n = struct.unpack('!L', s.recv(4, socket.MSG_WAITALL))[0]
            return pickle.loads(s.recv(n, socket.MSG_WAITALL))
        for p in (0, 2, -1):
            print(ask(dict(type='cache-query', metric='a.b'), p))
        print(ask(dict(type='cache-query', metric='unknown')))
        print(ask(dict(type='cache-query-bulk', metrics=['a.b', 'none', 'm;z=1;a=2'])))
        print(ask(dict(type='get-metadata', metric='a.b', key='aggregationMethod')))
        print(ask(dict(type='set-metadata', metric='a.b', key='aggregationMethod', value='max')))
        print(ask(dict(type='get-metadata', metric='a.b', key='aggregationMethod')))
        print('error' in ask(dict(type='get-metadata', metric='../../etc/passwd', key='aggregationMethod')))
        print(ask(dict(type='other')))
        print('error' in ask([1, 2]))
        """;

    [Fact]
    public async Task Questions_of_python_are_answered_as_carbon_answers_them()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a"));
        WhisperFile.Create(folder.File("a/b.wsp"), RetentionPolicy.Parse("60s:1d"), options: new WhisperOptions { Sparse = true }).Dispose();
        var cache = new MetricCache();
        cache.Store("a.b", 1_700_000_060, 2.5);
        cache.Store("a.b", 1_700_000_000, 1);
        cache.Store("m;a=2;z=1", 1_700_000_000, 7);
        await using var server = new CacheQueryServer(new IPEndPoint(IPAddress.Loopback, 0), cache, folder.Path);
        string output = await Python.RunAsync(Program, "", server.EndPoint.Port.ToString());
        string points = "{'datapoints': [(1700000000, 1.0), (1700000060, 2.5)]}";
        Assert.Equal(
            [
                points,
                points,
                points,
                "{'datapoints': []}",
                "{'datapointsByMetric': {'a.b': [(1700000000, 1.0), (1700000060, 2.5)], 'none': [], 'm;z=1;a=2': [(1700000000, 7.0)]}}",
                "{'value': 'average'}",
                "{'old_value': 'average', 'new_value': 'max'}",
                "{'value': 'max'}",
                "True",
                "{'error': 'Invalid request type \"other\"'}",
                "True",
            ],
            output.TrimEnd('\n').Split('\n'));
        Assert.Equal((4, 1, 3), (server.Queries, server.BulkQueries, server.BulkMetrics));
    }
}
