using Kalmar.Testing;
using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

public sealed class AuthCorpusTests
{
    public static TheoryData<string> Samples => [
        .. Files("CryptoKey"), .. Files("AuthTicket"), .. Files("CephXTicketBlob"), .. Files("AuthCapsInfo"), .. Files("EntityAuth"),
        .. Files("EntityName"), .. Files("RotatingSecrets")];

    private static IEnumerable<string> Files(string type) =>
        RepositoryPaths.CorpusFiles(type).Select(f => Path.GetRelativePath(RepositoryPaths.Corpus, f));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_a_sample_is_taken_whole_and_written_again(string file)
    {
        switch (file.Split('/')[1])
        {
            case "CryptoKey": Check<CephKey>(file, 0); break;
            case "AuthTicket": Check<AuthTicket>(file, 2); break;
            case "CephXTicketBlob": Check<CephxTicketBlob>(file, 1); break;
            case "AuthCapsInfo": Check<AuthCapsInfo>(file, 1); break;
            case "EntityAuth": Check<EntityAuth>(file, 3); break;
            case "EntityName": Check<EntityName>(file, 0); break;
            case "RotatingSecrets": Check<RotatingSecrets>(file, 1); break;
            default: Assert.Fail($"no reader for {file}"); break;
        }
    }

    /// <param name="file">The sample.</param>
    /// <param name="written">The version that we write; samples of it come back byte for byte. 0 when the structure has no version.</param>
    private static void Check<T>(string file, byte written)
        where T : IWireEncodable<T>
    {
        byte[] sample = File.ReadAllBytes(Path.Combine(RepositoryPaths.Corpus, file));
        T value = ReadWhole<T>(sample);
        var writer = new WireWriter();
        value.Write(writer);
        Assert.Equal(value, ReadWhole<T>(writer.ToArray()));
        if (written == 0 || sample[0] == written)
        {
            Assert.Equal(Convert.ToHexString(sample), Convert.ToHexString(writer.WrittenSpan));
        }

        for (int length = 0; length < sample.Length; length++)
        {
            Assert.Throws<CephProtocolException>(() => ReadWhole<T>(sample[..length]));
        }

        for (int bit = 0; bit < sample.Length * 8; bit += 7)
        {
            byte[] altered = [.. sample];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                ReadWhole<T>(altered);
            }
            catch (CephProtocolException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    private static T ReadWhole<T>(byte[] bytes)
        where T : IWireEncodable<T>
    {
        var reader = new WireReader(bytes, typeof(T).Name);
        T value = T.Read(ref reader);
        return reader.IsAtEnd ? value : throw reader.Error($"{reader.Remaining} bytes left over");
    }
}
