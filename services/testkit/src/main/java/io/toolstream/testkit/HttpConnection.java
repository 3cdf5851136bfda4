package io.toolstream.testkit;

import io.toolstream.testkit.Exchanges.Exchange;
import io.toolstream.testkit.http.HttpRequest;
import io.toolstream.testkit.http.HttpRequestReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a client, on a thread of its own, until either side ends it. Another thread reads ahead, so that a
 * client that leaves is noticed while it is being answered.
 */
final class HttpConnection implements Runnable, Wire {
    private final Socket socket;
    private final HttpEndpoint endpoint;
    private final Duration idleLimit;
    private final OutputStream out;
    private final Presence client = new Presence();
    private final BlockingQueue<Optional<HttpRequest>> requests = new LinkedBlockingQueue<>();

    /** @param idleLimit without a request for so long, it is closed */
    HttpConnection(Socket socket, HttpEndpoint endpoint, Duration idleLimit) throws IOException {
        this.socket = socket;
        this.endpoint = endpoint;
        this.idleLimit = idleLimit;
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    @Override
    public void run() {
        Daemons.start(Thread.currentThread().getName() + "-in", this::read);
        try (socket) {
            Optional<HttpRequest> request = next();
            while (request.isPresent() && serve(request.get())) {
                request = next();
            }
        } catch (IOException e) {
            // The client has gone, or the script broke the connection: both are what tests do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<HttpRequest> next() throws InterruptedException {
        Optional<HttpRequest> next = requests.poll(idleLimit.toNanos(), TimeUnit.NANOSECONDS);
        return next == null ? Optional.empty() : next;
    }

    private void read() {
        try {
            HttpRequestReader reader = new HttpRequestReader(socket.getInputStream());
            for (HttpRequest request = reader.next(); request != null; request = reader.next()) {
                requests.add(Optional.of(request));
            }
        } catch (IOException e) {
            // Reset by the client, or closed here.
        } finally {
            requests.add(Optional.empty());
            client.leaves();
        }
    }

    private boolean serve(HttpRequest request) throws IOException {
        Exchange exchange = endpoint.handle(request, client);
        if (exchange == null) {
            return false;
        }
        List<byte[]> pieces = new ArrayList<>(exchange.answer().body());
        pieces.add(0, exchange.answer().head());
        for (int i = 0; i < (exchange.isTwice() ? 2 : 1); i++) {
            exchange.delivery().send(pieces, exchange.answer().pause(), this);
        }
        return !socket.isClosed() && request.keepsAlive();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void hang() {
        client.awaitLeft();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public void reset() throws IOException {
        // Without lingering, what is unsent is dropped and the peer gets a RST.
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
