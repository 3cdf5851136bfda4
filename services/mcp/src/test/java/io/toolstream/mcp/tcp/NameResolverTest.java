package io.toolstream.mcp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A system that answers for some names at once, and for others only when the test lets it. */
final class NameResolverTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger lookUps = new AtomicInteger();
    private final NameResolver names = new NameResolver(NameResolverTest::daemon, this::answer);

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "names");
        thread.setDaemon(true);
        return thread;
    }

    private InetAddress[] answer(String host) throws UnknownHostException {
        lookUps.incrementAndGet();
        if (host.startsWith("hangs")) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        }
        return IntStream.rangeClosed(1, host.length())
                .mapToObj(i -> address(host, i))
                .toArray(InetAddress[]::new);
    }

    private static InetAddress address(String host, int last) {
        try {
            return InetAddress.getByAddress(host, new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        release.countDown();
        names.close();
    }

    /** A server whose name nobody answers for is dialled again and again. */
    @Test
    void otherNames_whileOneHangs_areAnswered() {
        ask("hangs", 100);

        assertThat(found("ab")).containsExactly(address("ab", 1), address("ab", 2));
    }

    @Test
    void askersOfOneName_shareOneLookUp() {
        List<CompletableFuture<List<InetAddress>>> asked = ask("hangs", 100);
        asked.get(0).cancel(false);

        release.countDown();

        assertThat(asked.subList(1, asked.size()))
                .allSatisfy(each -> assertThat(each).failsWithin(LONG));
        assertThat(lookUps).hasValue(1);
    }

    /** Addresses change, and so do failures. */
    @Test
    void nameAskedForOnceItWasAnswered_isLookedUpAnew() {
        assertThat(found("ab")).hasSize(2);
        assertThat(found("ab")).hasSize(2);

        assertThat(lookUps).hasValue(2);
    }

    @Test
    void manyAddresses_areAFew() {
        assertThat(found("abcdefgh")).hasSize(4);
    }

    @Test
    void addresses_areNotLookedUp() {
        assertThat(found("10.0.0.7")).hasSize(1);
        assertThat(found("::1")).hasSize(1);
        assertThat(lookUps).hasValue(0);
    }

    @Test
    void closed_tellsSo() {
        names.close();

        assertThat(names.lookUp("ab")).failsWithin(LONG);
        assertThat(names.lookUp("ab")).failsWithin(LONG);
    }

    private List<InetAddress> found(String host) {
        return names.lookUp(host).orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    private List<CompletableFuture<List<InetAddress>>> ask(String host, int times) {
        return IntStream.range(0, times).mapToObj(i -> names.lookUp(host)).toList();
    }
}
