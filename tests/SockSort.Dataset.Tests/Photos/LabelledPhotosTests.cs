using SockSort.Dataset.Photos;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Photos;

public sealed class LabelledPhotosTests
{
    [Fact]
    public void A_folder_a_list_and_records_give_the_same_photos_with_the_same_classes()
    {
        var socks = Repository.Shared("data/sock-photos");
        var golden = Goldens.PathOf("rec/pass_through");

        var ofList = LabelledPhotos.Read(Path.Combine(golden, "sock_train.lst"), socks).ToList();
        var ofRecords = LabelledPhotos.Read(Path.Combine(golden, "sock_train.rec")).ToList();
        var ofFolder = LabelledPhotos.Read(socks).ToDictionary(photo => Path.GetRelativePath(socks, photo.Name), photo => photo.Label);

        Assert.Equal(14, ofList.Count);
        Assert.Equal(ofList.Select(photo => (photo.Label, Convert.ToBase64String(photo.Bytes))), ofRecords.Select(photo => (photo.Label, Convert.ToBase64String(photo.Bytes))));
        Assert.All(ofList, photo => Assert.Equal(ofFolder[photo.Name], photo.Label));
    }
}
