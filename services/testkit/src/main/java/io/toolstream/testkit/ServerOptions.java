package io.toolstream.testkit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a scripted server is set up, apart from what it is told to do later.
 *
 * @param framing how answers are framed over HTTP unless scripted otherwise
 * @param hasSessions whether {@code initialize} opens a session that later requests must name
 * @param pageSize tools on one page of {@code tools/list}
 * @param protocolVersion the revision to answer {@code initialize} with, or {@code 2026-07-28}, which has none; the
 *     client's own if absent and known
 * @param journal where executions are noted, if anywhere
 * @param announcesTools whether it says on the streams that clients may open for that (GET) that its tools have changed
 * @param tls who the server is over TLS; no TLS if absent
 */
public record ServerOptions(
        Framing framing,
        boolean hasSessions,
        int pageSize,
        @Nullable String protocolVersion,
        @Nullable Path journal,
        boolean announcesTools,
        @Nullable TlsIdentity tls) {

    /** JSON bodies, no sessions, one page, no journal. */
    public static ServerOptions defaults() {
        return new ServerOptions(Framing.json(), false, Integer.MAX_VALUE, null, null, false, null);
    }

    public ServerOptions withFraming(Framing other) {
        return new ServerOptions(other, hasSessions, pageSize, protocolVersion, journal, announcesTools, tls);
    }

    public ServerOptions withSessions() {
        return new ServerOptions(framing, true, pageSize, protocolVersion, journal, announcesTools, tls);
    }

    public ServerOptions withPageSize(int other) {
        return new ServerOptions(framing, hasSessions, other, protocolVersion, journal, announcesTools, tls);
    }

    public ServerOptions withProtocolVersion(String other) {
        return new ServerOptions(framing, hasSessions, pageSize, other, journal, announcesTools, tls);
    }

    public ServerOptions withJournal(Path other) {
        return new ServerOptions(framing, hasSessions, pageSize, protocolVersion, other, announcesTools, tls);
    }

    public ServerOptions announcingTools() {
        return new ServerOptions(framing, hasSessions, pageSize, protocolVersion, journal, true, tls);
    }

    public ServerOptions withTls(TlsIdentity other) {
        return new ServerOptions(framing, hasSessions, pageSize, protocolVersion, journal, announcesTools, other);
    }
}
