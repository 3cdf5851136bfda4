package io.toolstream.mcp.tcp;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a transport borrows from its client.
 *
 * @param channel the sockets that these loops drive
 * @param tls asked for only by encrypted endpoints: it costs a few hundred milliseconds of class loading
 */
public record TcpResources(
        List<EventLoop> loops, Class<? extends SocketChannel> channel, NameResolver names, Supplier<SslContext> tls) {
    public TcpResources {
        loops = List.copyOf(loops);
    }
}
