package io.toolstream.mcp.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.RawServer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a result of a megabyte costs on the heap: its own bytes, and few copies on the way. */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 30;
    private static final long MEGABYTE = 1_000_000;

    @ParameterizedTest
    @CsvSource({"HTTP_1, 2", "HTTP_2, 3", "WEB_SOCKET, 2", "STDIO, 5", "EVENTS, 8"})
    void largeResult_isCopiedFewTimes(Servers kind, int most) {
        McpClient client = McpClient.create(McpClientSettings.DEFAULT);
        try (RawServer raw = kind.start()) {
            ToolServer server = client.open(kind.spec(raw));
            for (int i = 0; i < CALLS; i++) {
                call(server);
            }

            Map<Long, Long> before = allocated();
            for (int i = 0; i < CALLS; i++) {
                call(server);
            }
            double copies = (double) since(before) / CALLS / MEGABYTE;

            System.out.printf("%s: %.2f MB on the heap for a result of 1 MB%n", kind, copies);
            assertThat(copies).isBetween(0.9, (double) most);
        } finally {
            client.close().join();
        }
    }

    private static void call(ToolServer server) {
        assertThat(server.call(Calls.request(Servers.LARGE)).join().json().length())
                .isGreaterThan(1_000_000);
    }

    private static long since(Map<Long, Long> before) {
        return allocated().entrySet().stream()
                .mapToLong(thread -> Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L)))
                .sum();
    }

    /** By each of the client's own threads, which outlive the measurement; those of a client before may end meanwhile. */
    private static Map<Long, Long> allocated() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null
                        && (info.getThreadName().startsWith("io-")
                                || info.getThreadName().startsWith("stdio-")
                                || info.getThreadName()
                                        .equals(Thread.currentThread().getName())))
                .collect(Collectors.toMap(
                        ThreadInfo::getThreadId, info -> THREADS.getThreadAllocatedBytes(info.getThreadId())));
    }
}
