package io.toolstream.bench.stub;

import io.toolstream.bench.place.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tool servers whose tool takes its time, as a part. Facts: {@code url.1} and on, {@code calls}, {@code mostOpen}. */
public final class SlowStubPart implements Part {
    /** The setting that says how many microseconds a call takes, in the median. */
    public static final String TIME = "toolMicros";

    private final List<FaultyServer> servers;

    private SlowStubPart(List<FaultyServer> servers) {
        this.servers = servers;
    }

    /** Settings: {@code ports}, the number of tool servers it is to be, and {@link #TIME}. */
    public static SlowStubPart start(Map<String, String> settings) throws IOException {
        Duration median = Duration.ofNanos(1_000 * Long.parseLong(settings.getOrDefault(TIME, "0")));
        int ports = Integer.parseInt(settings.getOrDefault("ports", "1"));
        List<FaultyServer> servers = new ArrayList<>();
        for (int seed = 1; seed <= ports; seed++) {
            servers.add(FaultyServer.start(new LogNormal(median, seed)));
        }
        return new SlowStubPart(List.copyOf(servers));
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < servers.size(); i++) {
            facts.put("url." + (i + 1), servers.get(i).url().toString());
        }
        facts.put(
                "calls",
                Long.toString(servers.stream().mapToLong(FaultyServer::calls).sum()));
        facts.put(
                "mostOpen",
                Long.toString(
                        servers.stream().mapToLong(FaultyServer::mostOpen).max().orElse(0)));
        return facts;
    }

    @Override
    public void close() {
        servers.forEach(FaultyServer::close);
    }
}
