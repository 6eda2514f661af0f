using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SockSort.Edge.LiveView;

/// <summary>Socket settings that keep little data on the way to a viewer and detect viewers that no longer read or are gone.</summary>
internal static class ViewerSockets
{
    /// <summary>
    /// Size in bytes of each buffer between the stream and the network. The system would let its own grow to megabytes, which is half a
    /// minute of frames: a slow viewer would see them late, and they would have to fill up before a viewer that does not read is noticed.
    /// </summary>
    public const int BufferBytes = 16 << 10;

    // A viewer whose machine lost its power sends nothing, and a camera that stands still sends nothing to it: only TCP keep-alive notices.
    private const int AskAfterSeconds = 15;
    private const int AskEverySeconds = 5;
    private const int AskTimes = 3;

    // netinet/in.h: IPPROTO_TCP; netinet/tcp.h: TCP_NOTSENT_LOWAT
    private const int TcpLevel = 6;
    private const int TcpNotSentLowWater = 25;

    public static void Configure(SocketTransportOptions sockets)
    {
        sockets.MaxWriteBufferSize = BufferBytes;
        sockets.CreateBoundListenSocket = Listen;
    }

    /// <summary>Creates the listening socket; each accepted connection inherits the options that are set here.</summary>
    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, AskAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, AskEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, AskTimes);
        // TCP_NOTSENT_LOWAT does not count data in flight, so it does not slow down a long line; SendBufferSize does count it.
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, TcpNotSentLowWater, BitConverter.GetBytes(BufferBytes));
        else
            socket.SendBufferSize = 4 * BufferBytes;
        return socket;
    }
}
