package io.toolstream.mcp.auth;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Transport;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A transport to a server that wants access tokens. */
public final class AuthorizedTransport implements Transport {
    private final Transport transport;
    private final TokenKeeper tokens;
    private volatile @Nullable AuthorizedLink last;

    /**
     * @param server the operator's URL
     * @throws IllegalArgumentException at a signing key that cannot be used
     */
    public AuthorizedTransport(Transport transport, URI server, ClientCredentials credentials, Fetcher fetcher) {
        this.transport = transport;
        UrlRule urls = new UrlRule(server, credentials.issuer());
        this.tokens = new TokenKeeper(
                new Discovery(urls, fetcher), new TokenSource(credentials, urls, fetcher, InstantSource.system()));
    }

    @Override
    public CompletableFuture<Link> connect(Inbox inbox) {
        return transport
                .connect((link, message) -> inbox.accept(wrapped(link), message))
                .thenApply(this::wrapped);
    }

    /** The same for the same link, since links are told apart by identity. */
    private synchronized Link wrapped(Link link) {
        AuthorizedLink known = last;
        if (known == null || !known.isOf(link)) {
            known = new AuthorizedLink(link, tokens, transport.timer(), this::wrapped);
            last = known;
        }
        return known;
    }

    @Override
    public ConnectionStats stats() {
        return transport.stats();
    }

    @Override
    public int requestsAtOnce() {
        return transport.requestsAtOnce();
    }

    @Override
    public Anomalies anomalies() {
        return transport.anomalies();
    }

    @Override
    public ScheduledExecutorService timer() {
        return transport.timer();
    }

    @Override
    public CompletableFuture<Void> close() {
        tokens.close();
        return transport.close();
    }
}
