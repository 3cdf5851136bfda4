package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a transport borrows from its client.
 *
 * @param tls asked for only by https: it costs a few hundred milliseconds of class loading
 */
public record HttpResources(List<EventLoop> loops, NameResolver names, Supplier<SslContext> tls) {
    public HttpResources {
        loops = List.copyOf(loops);
    }
}
