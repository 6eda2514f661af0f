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
}
