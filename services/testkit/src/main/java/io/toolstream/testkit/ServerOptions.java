package io.toolstream.testkit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a scripted server is set up, apart from what it is told to do later.
 *
 * @param framing how answers are framed over HTTP unless scripted otherwise
 * @param hasSessions whether {@code initialize} opens a session that later requests must name
 * @param pageSize tools on one page of {@code tools/list}
 * @param protocolVersion the revision to answer {@code initialize} with; the client's own if absent and known
 * @param journal where executions are noted, if anywhere
 * @param announcesTools whether it keeps streams open (GET) on which it says that its tools have changed
 */
public record ServerOptions(
        Framing framing,
        boolean hasSessions,
        int pageSize,
        @Nullable String protocolVersion,
        @Nullable Path journal,
        boolean announcesTools) {

    /** JSON bodies, no sessions, one page, no journal. */
    public static ServerOptions defaults() {
        return new ServerOptions(Framing.json(), false, Integer.MAX_VALUE, null, null, false);
    }

    public ServerOptions withFraming(Framing other) {
        return new ServerOptions(other, hasSessions, pageSize, protocolVersion, journal, announcesTools);
    }

    public ServerOptions withSessions() {
        return new ServerOptions(framing, true, pageSize, protocolVersion, journal, announcesTools);
    }

    public ServerOptions withPageSize(int other) {
        return new ServerOptions(framing, hasSessions, other, protocolVersion, journal, announcesTools);
    }

    public ServerOptions withProtocolVersion(String other) {
        return new ServerOptions(framing, hasSessions, pageSize, other, journal, announcesTools);
    }

    public ServerOptions withJournal(Path other) {
        return new ServerOptions(framing, hasSessions, pageSize, protocolVersion, other, announcesTools);
    }

    public ServerOptions announcingTools() {
        return new ServerOptions(framing, hasSessions, pageSize, protocolVersion, journal, true);
    }
}
