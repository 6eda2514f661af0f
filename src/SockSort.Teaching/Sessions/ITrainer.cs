namespace SockSort.Teaching.Sessions;

/// <summary>Trains a model with a folder of photos; what a session needs of the trainer, which lies in a later room.</summary>
public interface ITrainer
{
    /// <param name="photos">The folder of the socks' folders.</param>
    /// <param name="tell">Receives each line of its progress, and at the end what the new model is beside the one in use.</param>
    /// <param name="cancel">Ends the training; nothing is left of it.</param>
    /// <exception cref="Shared.ExpectedException">There are too few socks, or the training has failed.</exception>
    Task<ITrainedModel> TrainAsync(string photos, Action<string> tell, CancellationToken cancel);
}

/// <summary>A trained model beside the one in use; thrown away when it is disposed unused.</summary>
public interface ITrainedModel : IDisposable
{
    /// <summary>Puts it in the place of the one in use, in one step.</summary>
    /// <returns>What its user should know.</returns>
    string Use();
}
