package io.toolstream.mcp.stdio;

import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One running child: many requests under way, matched by id in whatever order the answers come. Open until its process
 * ends, its pipes close or it is stopped; never opened again.
 */
@SuppressWarnings("FutureReturnValueIgnored") // tasks for later and what follows an end: nobody waits for them
final class Child implements Link, LineSplitter.Lines {
    private static final long SKIPPED_LINES = 16;

    /** How long pipes are read after the exit: busy processors need some of it, and somebody else may hold them for ever. */
    private static final long LAST_WORDS_MILLIS = 500;

    private static final long EXIT_MILLIS = 1000;

    private final ChildContext context;
    private final ChildProcess process;
    private final Inbox inbox;
    private final StderrTail stderr;
    private final ChildWriter writer;
    private final Map<Long, StdioExchange> pending = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean isStopping = new AtomicBoolean();
    private final CompletableFuture<Void> stdoutEnded = new CompletableFuture<>();
    private final CompletableFuture<Void> stderrEnded = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final AtomicBoolean isOpen = new AtomicBoolean(true);
    private final long createdNanos = System.nanoTime();
    private boolean hasSpoken;
    private int garbageLines;

    Child(ChildContext context, ChildProcess process, Inbox inbox) {
        this.context = context;
        this.process = process;
        this.inbox = inbox;
        this.stderr = new StderrTail(context.command().environment().values());
        this.writer = new ChildWriter(
                process.stdin(), context.settings().outboundBytes(), () -> discardUnlessExited("it closed its stdin"));
    }

    /** Runs the child to its end on the thread that started it, which the kernel takes for its parent. */
    void runToTheEnd() {
        context.start("in", writer);
        context.start("err", () -> {
            stderr.drain(process.stderr());
            stderrEnded.complete(null);
        });
        ScheduledFuture<?> stallWatch = watchForStalls();
        process.onExit().thenRun(() -> later(this::exited));
        readStdout();
        stdoutEnded.complete(null);
        discardUnlessExited("it closed its stdout");
        process.onExit().join();
        // Nothing else would wake it: nobody closes the stdin of a child that ended by itself.
        writer.end();
        stallWatch.cancel(false);
        process.killRest();
        later(() -> gone.complete(null));
    }

    private ScheduledFuture<?> watchForStalls() {
        long limitNanos = context.settings().tolerance().writeStall().toNanos();
        return context.timer()
                .scheduleWithFixedDelay(
                        () -> {
                            if (writer.stalledNanos() > limitNanos) {
                                discard("it does not read its stdin");
                            }
                        },
                        limitNanos / 2,
                        Math.max(1_000_000, limitNanos / 4),
                        TimeUnit.NANOSECONDS);
    }

    private void readStdout() {
        LineSplitter splitter = new LineSplitter(context.lineBytes(), this);
        byte[] buffer = new byte[64 << 10];
        try (InputStream stdout = process.stdout()) {
            for (int count = stdout.read(buffer); count >= 0; count = stdout.read(buffer)) {
                splitter.feed(buffer, count);
                if (splitter.skipped() > SKIPPED_LINES * context.lineBytes()) {
                    discard("it writes a line without end");
                }
            }
        } catch (IOException e) {
            discard("its stdout broke: " + e.getMessage());
        }
    }

    @Override
    public void line(byte[] line) {
        int start = hasByteOrderMark(line) ? 3 : 0;
        if (start == line.length) {
            return;
        }
        if (!hasSpoken) {
            hasSpoken = true;
            context.established(System.nanoTime() - createdNanos);
        }
        received(context.reader().read(line, start, line.length - start));
    }

    private static boolean hasByteOrderMark(byte[] line) {
        return line.length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
    }

    /** Once it was discarded nothing counts, whatever is left in the pipe. */
    private void received(RpcMessage message) {
        if (!isOpen()) {
            return;
        }
        if (message instanceof RpcMessage.Unreadable) {
            garbage();
            return;
        }
        garbageLines = 0;
        if (message instanceof RpcMessage.Response response) {
            answered(response);
        } else if (message instanceof RpcMessage.Batch batch) {
            batch.messages().forEach(this::received);
        } else {
            inbox.accept(this, message);
        }
    }

    private void answered(RpcMessage.Response response) {
        StdioExchange exchange = pending.get(response.id());
        if (exchange == null || !exchange.answer(new Reply.Answered(response, ReplyHead.NONE))) {
            context.anomalies().strayAnswer();
        }
    }

    private void garbage() {
        context.anomalies().unreadable();
        garbageLines++;
        if (garbageLines > context.settings().tolerance().garbageLines()) {
            discard("it writes what is no message, " + garbageLines + " lines in a row");
        }
    }

    @Override
    public void tooLong(byte[] head, byte[] tail) {
        OptionalLong id = OversizedLine.id(head, tail);
        StdioExchange exchange = id.isPresent() ? pending.get(id.getAsLong()) : null;
        if (exchange == null) {
            garbage();
        } else {
            exchange.failAnswered(Kind.RESULT_TOO_LARGE, "the answer is over the limit");
        }
    }

    @Override
    public boolean isOpen() {
        return isOpen.get();
    }

    @Override
    public boolean isPrivate() {
        return true;
    }

    long pid() {
        return process.pid();
    }

    long requests() {
        return requests.get();
    }

    boolean isBusy() {
        return !pending.isEmpty();
    }

    @Override
    public Exchange request(Outbound message, Consumer<Reply> onReply) {
        StdioExchange exchange = new StdioExchange(this, message, onReply);
        if (pending.size() >= context.settings().maxInFlight()) {
            exchange.fail(Kind.POOL_EXHAUSTED, "too many requests under way", null);
            return exchange;
        }
        pending.put(message.id(), exchange);
        requests.incrementAndGet();
        limit(exchange);
        if (!writer.offer(message, exchange)) {
            exchange.fail(Kind.POOL_EXHAUSTED, "too many bytes wait for the child to read", null);
        }
        if (!isOpen()) {
            exchange.fail(Kind.CONNECTION_LOST, "the child has ended", null);
        }
        return exchange;
    }

    @Override
    public Exchange listen(Outbound message, Consumer<Reply> onEnd) {
        return message.isRequest() ? request(message, onEnd) : () -> {};
    }

    private void limit(StdioExchange exchange) {
        long leftNanos = exchange.message().deadlineNanos() - System.nanoTime();
        exchange.limit(context.timer()
                .schedule(
                        () -> exchange.fail(Kind.TIMEOUT, "no answer in time", null), leftNanos, TimeUnit.NANOSECONDS));
    }

    void forget(StdioExchange exchange) {
        pending.remove(exchange.message().id(), exchange);
    }

    @Override
    public CompletableFuture<Void> tell(Outbound message) {
        writer.offer(message, null);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void allowBatches(boolean isAllowed) {
        context.reader().allowBatches(isAllowed);
    }

    @Override
    public CompletableFuture<Void> endSession(HttpFields fields) {
        return CompletableFuture.completedFuture(null);
    }

    /** Fails what is under way and ends the process by force: it has shown that it does not behave. */
    @Override
    public void discard(String reason) {
        if (shut()) {
            later(() -> {
                failAll(Kind.CONNECTION_LOST, "the child was ended: " + reason);
                kill();
            });
        }
    }

    /** No more requests from here on; true for the one who did it. */
    private boolean shut() {
        boolean isMine = isOpen.compareAndSet(true, false);
        if (isMine) {
            context.ended(this);
        }
        return isMine;
    }

    /** A closed pipe is mostly the first sign of an exit, which tells more. */
    private void discardUnlessExited(String reason) {
        laterAfter(EXIT_MILLIS, () -> discard(reason));
    }

    /** What it wrote before is still in the pipe, unless somebody else holds its other end. */
    private void exited() {
        CompletableFuture.allOf(stdoutEnded, stderrEnded).thenRun(() -> later(this::failExited));
        laterAfter(LAST_WORDS_MILLIS, () -> {
            failExited();
            process.killRest();
        });
    }

    private void failExited() {
        if (shut()) {
            failAll(Kind.CONNECTION_LOST, "the child has exited with code " + process.exitCode());
        }
    }

    private void failAll(Kind kind, String why) {
        String lastWords = stderr.text();
        String message = lastWords.isEmpty() ? why : why + "; stderr: " + lastWords;
        List.copyOf(pending.values()).forEach(exchange -> exchange.fail(kind, message, null));
    }

    private void kill() {
        if (process.isAlive()) {
            process.kill();
        }
    }

    /** Gently at first: end of stdin, TERM, KILL. Completes when nothing is left of the tree. */
    CompletableFuture<Void> stop() {
        if (isStopping.compareAndSet(false, true)) {
            if (shut()) {
                later(() -> failAll(Kind.CLOSED, "the client is closed"));
            }
            writer.end();
            long graceMillis = context.settings().stopGrace().toMillis();
            laterAfter(graceMillis, () -> {
                if (process.isAlive()) {
                    process.terminate();
                }
            });
            laterAfter(2 * graceMillis, this::kill);
        }
        return gone;
    }

    /** Callers' continuations run on the timer's thread, never on one whose stack may be small. */
    void later(Runnable task) {
        try {
            context.timer().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private void laterAfter(long millis, Runnable task) {
        context.timer().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
