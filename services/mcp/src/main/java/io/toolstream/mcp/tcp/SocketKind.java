package io.toolstream.mcp.tcp;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.toolstream.mcp.McpClientSettings.Sockets;

/**
 * One kind of sockets and what drives them. Asked for with the first server over TCP only: looking for the native library
 * unpacks and loads it.
 */
public record SocketKind(IoHandlerFactory loops, Class<? extends SocketChannel> channel) {
    /** What is wanted, as far as it can be had here. */
    public static SocketKind of(Sockets wanted) {
        return wanted == Sockets.NATIVE && Epoll.isAvailable()
                ? new SocketKind(EpollIoHandler.newFactory(), EpollSocketChannel.class)
                : new SocketKind(NioIoHandler.newFactory(), NioSocketChannel.class);
    }
}
