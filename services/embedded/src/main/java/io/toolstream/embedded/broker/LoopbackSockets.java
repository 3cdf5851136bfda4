package io.toolstream.embedded.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's two listening sockets, bound to 127.0.0.1 before Kafka starts: so the ports are known when its settings
 * are written, nobody can take them in between, and a busy port is met while nothing runs yet.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoopbackSockets.class);
    /** Not the JVM's own idea of loopback, which may be IPv6. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final int BACKLOG = 50;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private LoopbackSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    static LoopbackSockets bind(int wantedPort) {
        try {
            ServerSocketChannel clients = bindOrAny(wantedPort);
            try {
                return new LoopbackSockets(clients, bindTo(0));
            } catch (IOException e) {
                clients.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BrokerException("No port on 127.0.0.1 could be bound: " + e, e);
        }
    }

    private static ServerSocketChannel bindOrAny(int wantedPort) throws IOException {
        try {
            return bindTo(wantedPort);
        } catch (BindException e) {
            return bindTo(0);
        }
    }

    private static ServerSocketChannel bindTo(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    InetSocketAddress controllerAddress() {
        return (InetSocketAddress) controller.socket().getLocalSocketAddress();
    }

    /** Hands Kafka the socket that is already bound; Kafka owns and closes it from then on. */
    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) {
        return listenerName.equals(BrokerProperties.CONTROLLER) ? controller : clients;
    }

    /** Closing a socket that Kafka has closed already does nothing. */
    @Override
    public void close() {
        try (clients) {
            controller.close();
        } catch (IOException e) {
            log.debug("A listening socket did not close", e);
        }
    }
}
