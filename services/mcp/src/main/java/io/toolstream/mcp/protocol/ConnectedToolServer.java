package io.toolstream.mcp.protocol;

import io.toolstream.mcp.AnomalyCounts;
import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.CatalogueListener;
import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.Latencies;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.mcp.ToolCatalogue;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.json.ToolPageReader;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A tool server over one transport, in whatever era it speaks. */
public final class ConnectedToolServer implements ToolServer {
    private final String name;
    private final McpClientSettings settings;
    private final Transport transport;
    private final HangWatch hangs;
    private final CallContext calls;
    private final Delays delays;
    private final Reports reports;
    private final Watchers watchers = new Watchers();
    private final StandingStream standing;
    private final SessionKeeper sessions;
    private final Complaints complaints;
    private final ToolPageReader pageReader;
    private final Here here = new Here();

    /**
     * @param handshake how long a session may take to be opened
     * @param hangs whether, and when, to doubt a server that does not answer
     */
    public ConnectedToolServer(
            String name,
            McpClientSettings settings,
            ClientOffers offers,
            Transport transport,
            Duration handshake,
            HangWatch hangs) {
        this.name = name;
        this.settings = settings;
        this.transport = transport;
        this.hangs = hangs;
        this.calls = new CallContext(name, offers, settings.times().probe().toNanos(), transport.anomalies());
        this.delays = new Delays(transport.timer());
        this.reports = new Reports(transport.anomalies());
        this.standing = new StandingStream(offers.inputs() != null, delays, watchers::stale);
        this.sessions = new SessionKeeper(transport, opener(offers, handshake), here);
        this.complaints = new Complaints(name, transport.anomalies());
        this.pageReader = new ToolPageReader(settings.answers().depth());
    }

    private SessionOpener opener(ClientOffers offers, Duration handshake) {
        Introduction introduction = Introduction.of(settings.identity(), offers);
        return new EraFinder(settings, introduction, handshake, new ServerRequests(name, offers.inputs()), delays);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<ToolResult> call(ToolRequest request) {
        long nowNanos = System.nanoTime();
        long answerNanos = Math.min(
                request.times().answer().toNanos(), settings.times().total().toNanos());
        long taskNanos = Math.max(answerNanos, request.times().task().toNanos());
        return new PendingQuestion<>(
                        here,
                        new Question<>(
                                new CallInquiry(calls, request, 0, nowNanos + answerNanos),
                                settings.answers().resultBytes(),
                                nowNanos + taskNanos))
                .start();
    }

    @Override
    public CompletableFuture<ToolResult> resume(TaskHandle task, Duration timeout, CallListener listener) {
        long byNanos = System.nanoTime() + timeout.toNanos();
        return new PendingQuestion<>(
                        here,
                        new Question<>(
                                new TaskInquiry(calls, task, null),
                                settings.answers().resultBytes(),
                                byNanos))
                .start();
    }

    @Override
    public CompletableFuture<List<ToolDefinition>> listTools() {
        return Stages.unwrapped(catalogue().thenApply(ToolCatalogue::tools));
    }

    @Override
    public CompletableFuture<ToolCatalogue> catalogue() {
        ToolListing listing = new ToolListing(
                settings.answers(),
                cursor -> ask(
                        new Inquiries.Page(cursor, pageReader),
                        settings.answers().pageBytes(),
                        settings.times().total()),
                complaints);
        return Stages.unwrapped(listing.read().thenApply(this::read));
    }

    private ToolCatalogue read(ToolCatalogue catalogue) {
        Session session = sessions.live();
        if (session != null) {
            session.listed(catalogue.tools());
        }
        watchers.read(catalogue);
        return catalogue;
    }

    @Override
    public CatalogueListener.Registration watch(CatalogueListener listener) {
        watchers.add(listener);
        standing.listenForTools();
        return () -> watchers.remove(listener);
    }

    @Override
    public @Nullable String protocolVersion() {
        Session session = sessions.live();
        return session == null ? null : session.version().text();
    }

    @Override
    public CompletableFuture<Void> probe() {
        CompletableFuture<Boolean> answer = ask(
                new Inquiries.Probe(),
                settings.answers().pageBytes(),
                settings.times().probe());
        return Stages.unwrapped(answer.thenAccept(isThere -> {}));
    }

    private <T> CompletableFuture<T> ask(Inquiry<T> inquiry, int answerBytes, Duration limit) {
        long limitNanos = Math.min(limit.toNanos(), settings.times().total().toNanos());
        return new PendingQuestion<>(here, new Question<>(inquiry, answerBytes, System.nanoTime() + limitNanos))
                .start();
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
    public Latencies sessions() {
        return sessions.lasted();
    }

    @Override
    public AnomalyCounts anomalies() {
        return transport.anomalies().counts();
    }

    @Override
    public CompletableFuture<Void> close() {
        Session last = sessions.close();
        standing.close();
        delays.close();
        CompletableFuture<Void> ended = last == null ? CompletableFuture.completedFuture(null) : last.end();
        return ended.thenCompose(nothing -> transport.close());
    }

    private final class Here implements Asking, SessionKeeper.Events {
        @Override
        public SessionKeeper sessions() {
            return sessions;
        }

        @Override
        public Delays delays() {
            return delays;
        }

        @Override
        public Reports reports() {
            return reports;
        }

        @Override
        public CompletableFuture<?> refreshTools() {
            return listTools();
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // best effort
        public void aside(Inquiry<?> inquiry) {
            ask(inquiry, settings.answers().pageBytes(), settings.times().probe());
        }

        @Override
        public void opened(Session session) {
            standing.opened(session);
        }

        @Override
        public void noticed(RpcMessage.Notice notice) {
            switch (notice.method()) {
                case "notifications/progress" -> reports.received(notice.params());
                case "notifications/tools/list_changed" -> watchers.stale();
                case "notifications/cancelled" -> standing.cancelled(notice.params());
                default -> {
                    // Counted already: log messages, news of resources and prompts.
                }
            }
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the last stage only acts
        public void observe(Session session, Reply reply) {
            if (hangs.isSuspicious(reply)) {
                probe().whenComplete((nothing, failure) -> {
                    if (failure != null && hangs.confirms(failure)) {
                        session.link().discard("it answers nothing any more");
                    }
                });
            }
        }
    }
}
