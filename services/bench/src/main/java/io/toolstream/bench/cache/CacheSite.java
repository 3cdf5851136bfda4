package io.toolstream.bench.cache;

import io.toolstream.bench.stub.InstantStub;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolClient;
import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.settings.Effect;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A whole pipeline in this process, with the stub as its tool server, and a client of it. */
final class CacheSite implements AutoCloseable {
    static final String SERVER = "stub";

    private static final long READY_SECONDS = 60;

    private final InstantStub stub;
    private final AllInOne pipeline;
    private final ToolClient client;

    private CacheSite(InstantStub stub, AllInOne pipeline, ToolClient client) {
        this.stub = stub;
        this.pipeline = pipeline;
        this.client = client;
    }

    static CacheSite open(boolean hasRedis) throws IOException, InterruptedException {
        InstantStub stub = InstantStub.start(1);
        ToolstreamSettings settings = ToolstreamSettings.defaults().withServers(Map.of(SERVER, policy()));
        AllInOneSettings site = AllInOneSettings.of(settings)
                .withServers(List.of(new ServerEntry.Http(SERVER, stub.urls().get(0), Map.of())));
        AllInOne pipeline = AllInOne.start(hasRedis ? site.withRedis() : site);
        try {
            pipeline.ready().get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            pipeline.close();
            throw new IllegalStateException("the pipeline is not ready", e);
        }
        ToolClient client =
                ToolClient.connect(ClientSettings.of(pipeline.addresses().bootstrapServers()));
        return new CacheSite(stub, pipeline, client);
    }

    private static ServerPolicy policy() {
        ToolSettings echo = new ToolSettings(Effect.READ, null, RetrySettings.DEFAULT, ToolCacheSettings.ON, List.of());
        return new ServerPolicy(true, null, null, Map.of(), null, Map.of("echo", echo));
    }

    ToolClient client() {
        return client;
    }

    long executed() {
        return stub.calls();
    }

    StageTimes stageTimes() throws IOException {
        return StageTimes.of(page("/metrics"));
    }

    /** Whether the worker uses its Redis by now. */
    boolean usesRedis() throws IOException {
        return page("/readyz?verbose")
                .lines()
                .anyMatch(line ->
                        line.contains("redis") && line.contains("connected") && !line.contains("not connected"));
    }

    private String page(String path) throws IOException {
        InetSocketAddress admin = Objects.requireNonNull(pipeline.addresses().admin());
        URI uri = URI.create("http://" + admin.getHostString() + ":" + admin.getPort() + path);
        try (InputStream page = uri.toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.close();
        pipeline.close();
        stub.close();
    }
}
