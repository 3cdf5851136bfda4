package io.toolstream.mcp.tcp;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Host names to addresses, off the event loops: the JDK's resolver blocks. Two threads that exist while they are needed.
 * Any thread may ask; nothing blocks or throws. The JDK caches what it finds.
 */
public final class NameResolver {
    private static final int THREADS = 2;
    private static final int WAITING = 1024;
    private static final int ADDRESSES = 4;

    private final ThreadPoolExecutor executor;

    public NameResolver(ThreadFactory threads) {
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), threads);
        executor.allowCoreThreadTimeOut(true);
    }

    /** At least one address and at most a few; completes in the executor given. */
    Future<List<InetAddress>> resolve(String host, EventExecutor answerIn) {
        Promise<List<InetAddress>> answer = answerIn.newPromise();
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            if (literal != null) {
                answer.setSuccess(List.of(InetAddress.getByAddress(host, literal)));
            } else {
                executor.execute(() -> lookUp(host, answer));
            }
        } catch (RejectedExecutionException | UnknownHostException e) {
            answer.tryFailure(e);
        }
        return answer;
    }

    /** The same for those without an event loop; completes on a thread of the resolver. */
    public CompletableFuture<List<InetAddress>> lookUp(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        resolve(host, ImmediateEventExecutor.INSTANCE).addListener((Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                answer.complete(found.getNow());
            } else {
                answer.completeExceptionally(found.cause());
            }
        });
        return answer;
    }

    private static void lookUp(String host, Promise<List<InetAddress>> answer) {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(host));
            answer.trySuccess(all.subList(0, Math.min(ADDRESSES, all.size())));
        } catch (UnknownHostException e) {
            answer.tryFailure(e);
        }
    }

    public void close() {
        executor.shutdownNow();
    }
}
