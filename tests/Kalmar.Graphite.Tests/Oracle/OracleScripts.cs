namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>The files with which graphite-web is started.</summary>
internal static class OracleScripts
{
    public const string Templates = """
        [default]
        background = black
        foreground = white
        majorLine = white
        minorLine = grey
        lineColors = blue,green,red,purple,brown,yellow,aqua,grey,magenta,pink,gold,mistyrose
        fontName = Sans
        fontSize = 10
        fontBold = False
        fontItalic = False
        """;

    // Bookworm has 1.1.8. Moving windows of 1.1.10, which is the reference, end one point later; nothing else that is compared here was changed between them.
    // Python 3.11 has no getargspec any more, which /functions needs.
    public const string Wsgi = """
        import collections, collections.abc, inspect
        collections.Hashable = collections.abc.Hashable   # gone from Python 3.10; graphite-web's MessagePack asks for it
        if not hasattr(inspect, 'getargspec'):
            inspect.getargspec = lambda f: inspect.getfullargspec(f)[:4]
        if not hasattr(inspect, 'formatargspec'):
            inspect.formatargspec = lambda *a: '()'
        from graphite.wsgi import application
        from graphite.render import functions
        import graphite.functions as registry
        text = inspect.getsource(functions.movingWindow)
        old = 'range(windowPoints, len(series))'
        if old in text:
            params, group = functions.movingWindow.params, functions.movingWindow.group
            exec(text.replace(old, 'range(windowPoints + 1, len(series) + 1)'), functions.__dict__)
            functions.movingWindow.params, functions.movingWindow.group = params, group
            functions.SeriesFunctions['movingWindow'] = functions.movingWindow
            registry.loadFunctions(force=True)

        # Cairo draws text as outlines: what was written is told behind the picture.
        import json
        from graphite.render import glyph
        draw_text, output = glyph.Graph.drawText, glyph.Graph.output
        def tell_text(self, text, *args, **named):
            self.__dict__.setdefault('told', []).append(text)
            return draw_text(self, text, *args, **named)
        def tell_output(self, file):
            output(self, file)
            if self.outputFormat == 'svg':
                file.write(('<!--told ' + json.dumps(getattr(self, 'told', [])) + '-->').encode('utf-8'))
        glyph.Graph.drawText, glyph.Graph.output = tell_text, tell_output
        """;

    public static string Settings(string folder) => $$"""
        SECRET_KEY = 'for-tests-on-loopback'
        ALLOWED_HOSTS = ['127.0.0.1']
        TIME_ZONE = 'UTC'
        GRAPHITE_ROOT = '/usr/share/graphite-web'
        CONF_DIR = '{{folder}}/conf'
        STORAGE_DIR = '{{folder}}/storage'
        STATIC_ROOT = '/usr/share/graphite-web/static'
        LOG_DIR = '{{folder}}/log'
        LOG_ROTATION = False
        INDEX_FILE = '{{folder}}/storage/index'
        WHISPER_DIR = '{{folder}}/storage/whisper'
        STANDARD_DIRS = ['{{folder}}/storage/whisper']
        DATABASES = {'default': {'NAME': '{{folder}}/storage/graphite.db', 'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': '', 'OPTIONS': {'timeout': 30} } }
        CARBONLINK_HOSTS = []
        DEFAULT_CACHE_DURATION = 0
        FIND_CACHE_DURATION = 0
        TAGDB_CACHE_DURATION = 0
        FUNCTION_PLUGINS = []
        """;
}
