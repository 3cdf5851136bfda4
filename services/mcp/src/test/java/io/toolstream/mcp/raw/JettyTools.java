package io.toolstream.mcp.raw;

import io.toolstream.testkit.TlsIdentity;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A tool server of 2026-07-28 on Jetty. Answers with the tool's name; {@code stream} and {@code large} as they say. */
public final class JettyTools implements AutoCloseable {
    private final Server server = new Server();
    private final String scheme;
    private final Set<String> protocols = ConcurrentHashMap.newKeySet();
    private final Set<String> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    private JettyTools(String scheme) {
        this.scheme = scheme;
    }

    /** HTTP/2 by prior knowledge and nothing else. */
    public static JettyTools clear() throws Exception {
        JettyTools tools = new JettyTools("http");
        HttpConfiguration configuration = new HttpConfiguration();
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(configuration);
        tools.start(new ServerConnector(tools.server, http2));
        return tools;
    }

    /** TLS with ALPN. */
    public static JettyTools tls(TlsIdentity identity, boolean hasHttp2) throws Exception {
        JettyTools tools = new JettyTools("https");
        HttpConfiguration configuration = new HttpConfiguration();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(Path.of(identity.store().toString()).toUri().toString());
        tls.setKeyStorePassword(TlsIdentity.PASSWORD);
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        SslConnectionFactory first = new SslConnectionFactory(tls, alpn.getProtocol());
        tools.start(
                hasHttp2
                        ? new ServerConnector(
                                tools.server, first, alpn, new HTTP2ServerConnectionFactory(configuration), http1)
                        : new ServerConnector(tools.server, first, alpn, http1));
        return tools;
    }

    private void start(ServerConnector connector) throws Exception {
        connector.setHost("localhost");
        server.addConnector(connector);
        server.setHandler(new Tools());
        server.start();
    }

    public URI url() {
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        return URI.create(scheme + "://localhost:" + connector.getLocalPort() + "/mcp");
    }

    public Set<String> protocols() {
        return protocols;
    }

    /** How many connections carried requests. */
    public int connections() {
        return connections.size();
    }

    /** A header of the latest request. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }

    private final class Tools extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            protocols.add(request.getConnectionMetaData().getProtocol());
            connections.add(
                    request.getConnectionMetaData().getRemoteSocketAddress().toString());
            for (HttpField field : request.getHeaders()) {
                headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
            }
            String body = Content.Source.asString(request, StandardCharsets.UTF_8);
            answer(new RawRequest(request.getMethod(), Map.of(), body), response, callback);
            return true;
        }

        private void answer(RawRequest asked, Response response, Callback callback) {
            boolean isStream = asked.tool().equals("stream");
            response.getHeaders().put("Content-Type", isStream ? "text/event-stream" : "application/json");
            if (asked.rpc().equals("server/discover")) {
                String result = "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}";
                String json = "{\"jsonrpc\":\"2.0\",\"id\":" + asked.id() + ",\"result\":" + result + "}";
                Content.Sink.write(response, true, json, callback);
            } else if (isStream) {
                Content.Sink.write(
                        response,
                        false,
                        Http.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}"),
                        Callback.from(() -> Content.Sink.write(
                                response, true, Http.event(Http.result(asked.id(), "stream")), callback)));
            } else {
                String text = asked.tool().equals("large") ? "x".repeat(1_000_000) : asked.tool();
                Content.Sink.write(response, true, Http.result(asked.id(), text), callback);
            }
        }
    }
}
