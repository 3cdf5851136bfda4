package io.toolstream.testkit;

import io.toolstream.testkit.HttpEndpoint.Exchange;
import io.toolstream.testkit.http.HttpRequest;
import io.toolstream.testkit.http.HttpRequestReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** One connection of a client, on a thread of its own, until either side ends it. */
final class HttpConnection implements Runnable, Wire {
    private final Socket socket;
    private final HttpEndpoint endpoint;
    private final OutputStream out;

    HttpConnection(Socket socket, HttpEndpoint endpoint) throws IOException {
        this.socket = socket;
        this.endpoint = endpoint;
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    @Override
    public void run() {
        try (socket) {
            HttpRequestReader requests = new HttpRequestReader(socket.getInputStream());
            HttpRequest request = requests.next();
            while (request != null && serve(request)) {
                request = requests.next();
            }
            if (request != null && endpoint.isToListen(request)) {
                endpoint.announcements().listen(this, socket.getInputStream());
            }
        } catch (IOException e) {
            // The client has gone, or the script broke the connection: both are what tests do.
        }
    }

    private boolean serve(HttpRequest request) throws IOException {
        if (endpoint.isToListen(request)) {
            return false;
        }
        Exchange exchange = endpoint.handle(request);
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
