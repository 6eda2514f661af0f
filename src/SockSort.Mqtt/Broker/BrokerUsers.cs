using System.Security.Cryptography;
using System.Text;
using SockSort.Mqtt.Broker.Clients;

namespace SockSort.Mqtt.Broker;

/// <summary>
/// The users of a broker, from a file of lines <c>user:hash</c> as <c>mosquitto_passwd</c> writes it. A changed file counts
/// from the next login on. Thread-safe.
/// </summary>
public sealed class BrokerUsers
{
    private readonly LinesFile _file;
    private readonly Lock _gate = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private Dictionary<string, PasswordHash> _users;

    // Checked where the user is not known, as slowly as the others, so that the time taken does not tell.
    private PasswordHash _nobody;

    // Those that were right, so that a client that comes back often does not cost a slow hash each time.
    private Dictionary<string, byte[]> _right = [];

    private BrokerUsers(string path)
    {
        _file = new LinesFile(path, MqttErrors.UsersFile);
        _users = Read(_file);
        _nobody = NobodyAmong(_users);
    }

    /// <exception cref="MqttException">The file cannot be read, holds nobody, or a line is not one of a password file.</exception>
    public static BrokerUsers Load(string path) => new(path);

    /// <summary>
    /// Adds a user to a file, or gives it another password; the file is made, readable by its owner only, where it is not there.
    /// </summary>
    /// <exception cref="MqttException">The name cannot be one, or the file is none of passwords.</exception>
    public static void Set(string path, string user, string password)
    {
        if (user.Length == 0 || user.Any(letter => letter == ':' || char.IsControl(letter)))
            throw MqttErrors.UserName(user);
        if (password.Length == 0)
            throw MqttErrors.EmptyPassword(user);
        var lines = File.Exists(path) ? File.ReadAllLines(path).ToList() : [];
        _ = lines.RemoveAll(line => line.StartsWith(user + ":", StringComparison.Ordinal));
        lines.Add($"{user}:{PasswordHash.Of(password)}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(fresh, options))
            lines.ForEach(writer.WriteLine);
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Whether this is a user's password. Takes a tenth of a second of computing the first time.</summary>
    public bool Admits(string? user, string? password)
    {
        PasswordHash? hash;
        PasswordHash nobody;
        lock (_gate)
        {
            ReadAgain();
            if (user is null || password is null)
                return false;
            if (_right.TryGetValue(user, out var right) && CryptographicOperations.FixedTimeEquals(right, Fingerprint(password)))
                return true;
            (hash, nobody) = (_users.GetValueOrDefault(user), _nobody);
        }
        if (!(hash ?? nobody).Is(password) || hash is null)
            return false;
        lock (_gate)
        {
            if (_users.GetValueOrDefault(user) == hash)
                _right[user] = Fingerprint(password);
        }
        return true;
    }

    private byte[] Fingerprint(string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));

    // A file that is being written, or is wrong, leaves the users as they were.
    private void ReadAgain()
    {
        try
        {
            if (!_file.HasChanged || !File.Exists(_file.Path))
                return;
            (_users, _right) = (Read(_file), []);
            _nobody = NobodyAmong(_users);
        }
        catch (Exception error) when (error is MqttException or IOException or UnauthorizedAccessException)
        {
            // Told where the file was named: at the start, and by the program that has written it.
        }
    }

    private static PasswordHash NobodyAmong(Dictionary<string, PasswordHash> users) =>
        PasswordHash.Of("", users.Values.Max(hash => hash.Iterations));

    private static Dictionary<string, PasswordHash> Read(LinesFile file)
    {
        var users = new Dictionary<string, PasswordHash>(StringComparer.Ordinal);
        foreach (var (number, line) in file.Read())
        {
            var at = line.IndexOf(':');
            var hash = at > 0 ? PasswordHash.TryParse(line[(at + 1)..].Trim()) : null;
            users[line[..Math.Max(at, 0)]] = hash ?? throw MqttErrors.UsersLine(file.Path, number);
        }
        return users.Count > 0 ? users : throw MqttErrors.NoUsers(file.Path);
    }
}
