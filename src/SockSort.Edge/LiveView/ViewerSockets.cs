using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SockSort.Edge.LiveView;

/// <summary>How much may be on the way to a viewer, and how it is found out that he reads no more, or is gone.</summary>
internal static class ViewerSockets
{
    /// <summary>
    /// Of each buffer between the stream and the line. The system would let grow its own to megabytes: half a minute of pictures, which a
    /// slow viewer would see late, and which would have to be full before it is known that one does not read.
    /// </summary>
    public const int BufferBytes = 16 << 10;

    // A viewer whose machine lost its power says nothing, and a camera that stands still sends nothing: the system asks.
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

    /// <summary>What is set here each connection has from its beginning.</summary>
    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, AskAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, AskEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, AskTimes);
        // What is on the line is not counted by the first: a long line is used as well as a short one.
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, TcpNotSentLowWater, BitConverter.GetBytes(BufferBytes));
        else
            socket.SendBufferSize = 4 * BufferBytes;
        return socket;
    }
}
