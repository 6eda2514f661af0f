using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.RecordIO;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Im2Rec;

public sealed class RecordUnpackerTests
{
    [Theory]
    [InlineData("pass_through", "sock_train")]
    [InlineData("multi_label_packed", "sock")]
    [InlineData("big_ids", "sock")]
    [InlineData("png", "sock_val")]
    public void What_was_unpacked_packs_to_the_same_bytes(string name, string file)
    {
        using var folder = new TempFolder();
        using (var reader = RecordReader.Open(Goldens.PathOf($"rec/{name}/{file}.rec")))
            Assert.Empty(RecordUnpacker.Unpack(reader, folder.Path).Problems);

        var packer = new ListPacker(folder.Path, new PackOptions { PassThrough = true, PackLabel = true }, new PackingRun());
        packer.Pack(folder.File("unpacked.lst"));

        Assert.Equal(File.ReadAllBytes(Goldens.PathOf($"rec/{name}/{file}.rec")), File.ReadAllBytes(folder.File("unpacked.rec")));
        Assert.Equal(File.ReadAllBytes(Goldens.PathOf($"rec/{name}/{file}.idx")), File.ReadAllBytes(folder.File("unpacked.idx")));
    }

    [Fact]
    public void Given_a_record_without_a_photo_expect_it_counted_apart_and_no_file()
    {
        using var folder = new TempFolder();
        using (var records = new RecordWriter(File.Create(folder.File("sock.rec"))))
        {
            foreach (var (id, photo) in ((ulong, byte[])[])[(0, [0xff, 0xd8, 0xff]), (1, [])])
            {
                var header = new byte[ImageRecord.HeaderBytes];
                _ = ImageRecord.WriteHeader(header, id, [2f], packed: false);
                records.Write([.. header, .. photo]);
            }
        }
        using var reader = RecordReader.Open(folder.File("sock.rec"));

        var (photos, empty, problems) = RecordUnpacker.Unpack(reader, folder.File("out"));

        Assert.Equal((1, 1, 0), (photos, empty, problems.Count));
        Assert.Equal(["0.jpg"], Directory.GetFiles(folder.File("out/class-2")).Select(Path.GetFileName));
        Assert.Equal("0\t2.000000\tclass-2/0.jpg\n", File.ReadAllText(folder.File("out/unpacked.lst")));
    }
}
