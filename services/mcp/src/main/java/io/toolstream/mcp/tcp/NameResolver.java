package io.toolstream.mcp.tcp;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Host names to addresses, off the event loops: the JDK's resolver blocks, for tens of seconds where nobody answers for a
 * name. So a name has one thread at most, whoever else asks for it meanwhile gets the same answer, and names that are
 * answered for do not wait behind those that are not. A few threads that exist while they are needed. Any thread may ask;
 * nothing blocks or throws. The JDK caches what it finds.
 */
public final class NameResolver {
    private static final int THREADS = 8;
    private static final int WAITING = 1024;
    private static final int ADDRESSES = 4;

    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor executor;
    private final Lookup lookup;

    /** Asks the system. May block. */
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    public NameResolver(ThreadFactory threads) {
        this(threads, InetAddress::getAllByName);
    }

    NameResolver(ThreadFactory threads, Lookup lookup) {
        this.lookup = lookup;
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), threads);
        executor.allowCoreThreadTimeOut(true);
    }

    /** At least one address and at most a few; completes in the executor given. */
    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    Future<List<InetAddress>> resolve(String host, EventExecutor answerIn) {
        Promise<List<InetAddress>> answer = answerIn.newPromise();
        lookUp(host).whenComplete((found, failure) -> {
            if (failure == null) {
                answer.trySuccess(found);
            } else {
                answer.tryFailure(failure);
            }
        });
        return answer;
    }

    /** The same for those without an event loop; completes on a thread of the resolver. */
    public CompletableFuture<List<InetAddress>> lookUp(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        return literal != null ? literally(host, literal) : shared(host).copy();
    }

    private static CompletableFuture<List<InetAddress>> literally(String host, byte[] address) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getByAddress(host, address)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<List<InetAddress>> shared(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> earlier = underWay.putIfAbsent(host, mine);
        if (earlier != null) {
            return earlier;
        }
        try {
            executor.execute(() -> find(host, mine));
        } catch (RejectedExecutionException e) {
            underWay.remove(host);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    /** Whoever asks once there is an answer gets another one. */
    private void find(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> all = List.of(lookup.all(host));
            underWay.remove(host);
            answer.complete(all.subList(0, Math.min(ADDRESSES, all.size())));
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host);
            answer.completeExceptionally(e);
        }
    }

    /** Whoever still waits has a limit of his own. */
    public void close() {
        executor.shutdownNow();
    }
}
