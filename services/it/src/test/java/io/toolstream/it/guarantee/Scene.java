package io.toolstream.it.guarantee;

import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.settings.Effect;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.ExecutionJournal;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.testkit.json.Json;
import io.toolstream.wire.CallError;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker and workers in processes of their own, a tool server with its journal in this one, and the eyes on them. */
final class Scene implements AutoCloseable {
    static final TopicNames TOPICS = new TopicNames("guarantee.");
    static final String GROUP = "guarantee-workers";
    private static final int WORKERS = 3;
    private static final int MOST_DELAY_MILLIS = 40;
    private static final Duration HELD = Duration.ofMinutes(2);

    private final AtomicReference<@Nullable CompletableFuture<Void>> nextRun = new AtomicReference<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final Map<Integer, Long> repliesRead = new ConcurrentHashMap<>();
    private final List<Program> workers = new ArrayList<>();
    private final List<String> workerIds = new ArrayList<>();
    private final Cast cast;
    private final Path folder;
    private final int port;
    private final History history;
    private final ScriptedToolServer tools;
    private Program broker;
    private final TestCluster cluster;
    private final PartitionTail replies;

    /**
     * Who is on it.
     *
     * @param isDebugged whether workers listen for a debugger, and keep their partitions when another one takes their place
     * @param options of the workers' JVMs
     * @param beside given the broker's address, starts what is to start beside the workers
     */
    private record Cast(int workers, boolean isDebugged, List<String> options, Consumer<String> beside) {
        Cast(int workers, boolean isDebugged) {
            this(workers, isDebugged, List.of(), bootstrapServers -> {});
        }
    }

    Scene(Path folder, History history, SplittableRandom random) throws Exception {
        this(folder, history, random, new Cast(WORKERS, false));
    }

    /**
     * Two workers, which are found to be missing after this time.
     *
     * @param beside given the broker's address, starts what is to start beside the workers
     */
    static Scene soonMissed(Path folder, History history, Duration session, Consumer<String> beside) throws Exception {
        List<String> options = List.of(WorkerProgram.sessionOption(session));
        return new Scene(folder, history, new SplittableRandom(1), new Cast(2, false, options, beside));
    }

    /** One worker, which listens for a debugger and keeps its partitions when another one takes its place. */
    static Scene withOneWorker(Path folder, History history) throws Exception {
        return new Scene(folder, history, new SplittableRandom(1), new Cast(1, true));
    }

    private Scene(Path folder, History history, SplittableRandom random, Cast cast) throws Exception {
        this.cast = cast;
        this.folder = folder;
        this.history = history;
        this.port = freePort();
        this.tools = ScriptedToolServer.start(ServerOptions.defaults().withJournal(folder.resolve("journal")));
        for (Effect effect : Effect.values()) {
            tools.add(tool(toolName(effect), random.split()));
        }
        this.broker = startBroker();
        this.cluster = new TestCluster(bootstrapServers());
        cast.beside().accept(bootstrapServers());
        for (int i = 0; i < cast.workers(); i++) {
            String id = nextWorkerId();
            workerIds.add(id);
            workers.add(startWorker(id));
        }
        workers.forEach(Program::awaitReady);
        this.replies = PartitionTail.start(
                new KafkaConnection(bootstrapServers(), "watcher", Map.of()),
                TOPICS.replies(),
                StartAt.BEGINNING,
                this::replied);
        replies.ready().get(60, TimeUnit.SECONDS);
    }

    private static String toolName(Effect effect) {
        return new SentCall("", effect, "", null, new SentCall.Place(0, 0), true).tool();
    }

    /** Takes a while, and says what it was asked. */
    private ScriptedTool tool(String name, SplittableRandom random) {
        return ScriptedTool.of(name, "{\"type\":\"object\"}", (arguments, cancelled) -> {
            CompletableFuture<Void> held = nextRun.getAndSet(null);
            if (held != null) {
                held.complete(null);
                boolean unused = cancelled.sleep(HELD);
            }
            int millis;
            synchronized (random) {
                millis = random.nextInt(MOST_DELAY_MILLIS);
            }
            boolean unused = cancelled.sleep(Duration.ofMillis(millis));
            return Answer.text(token(arguments));
        });
    }

    private static String token(Json arguments) {
        return arguments.text("token").orElse("");
    }

    private void replied(InboundRecord record) {
        if (new ReplyCodec(WireLimits.DEFAULT).decode(record) instanceof DecodedReply.WellFormed decoded) {
            Reply reply = decoded.reply();
            RawJson result = reply.result();
            CallError error = reply.error();
            history.replied(new SeenReply(
                    reply.identity().id(),
                    reply.identity().correlationId(),
                    reply.status(),
                    result == null ? "" : result.text(),
                    error == null ? "" : error.code() + ": " + error.message(),
                    reply.servedBy().worker()));
        }
        repliesRead.put(record.position().partition(), record.position().offset() + 1);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    TestCluster cluster() {
        return cluster;
    }

    /** Of the workers that run now. */
    int workers() {
        return workers.size();
    }

    /** As replies name them. */
    Set<String> workerIds() {
        return Set.copyOf(workerIds);
    }

    /** As replies name it. */
    String workerId(int index) {
        return workerIds.get(index);
    }

    Program worker(int index) {
        return workers.get(index);
    }

    /** Puts another worker in the place of one that has ended; it is not ready yet. */
    Program replace(int index) {
        String id = nextWorkerId();
        Program next = startWorker(id);
        workers.set(index, next);
        workerIds.set(index, id);
        return next;
    }

    void killBroker() {
        broker.kill();
        broker = startBroker();
    }

    private Program startBroker() {
        return Program.start(
                        log("broker"),
                        BrokerProgram.class,
                        folder.resolve("data").toString(),
                        Integer.toString(port))
                .awaitReady();
    }

    private String nextWorkerId() {
        return "worker-" + starts.incrementAndGet();
    }

    private Program startWorker(String id) {
        Path log = folder.resolve(id + ".log");
        String servers = "tools=" + tools.url();
        return cast.isDebugged()
                ? Program.startDebugged(
                        log,
                        WorkerProgram.class,
                        bootstrapServers(),
                        TOPICS.prefix(),
                        GROUP,
                        id,
                        servers,
                        "the-only-one")
                : Program.start(
                        log,
                        cast.options(),
                        WorkerProgram.class,
                        bootstrapServers(),
                        TOPICS.prefix(),
                        GROUP,
                        id,
                        servers);
    }

    /** Sends one call and waits until it is accepted. */
    SentCall send(String id, Effect effect, String token) throws Exception {
        SentCall call = new SentCall(id, effect, token, null, new SentCall.Place(0, 0), true);
        RecordMetadata place;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            place = producer.send(new ProducerRecord<>(TOPICS.calls(), null, null, call.value()))
                    .get(60, TimeUnit.SECONDS);
        }
        return new SentCall(id, effect, token, null, new SentCall.Place(place.partition(), place.offset()), true);
    }

    /** Completes when a tool has begun to run, the next one; that takes longer than anybody waits. */
    CompletableFuture<Void> holdNextRun() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        nextRun.set(begun);
        return begun;
    }

    /** How often the tool ran for this token so far. */
    long runs(String token) {
        String digest = ExecutionJournal.digest(SentCall.arguments(token));
        return ExecutionJournal.read(folder.resolve("journal")).stream()
                .filter(run -> run.argumentsDigest().equals(digest))
                .count();
    }

    private Path log(String name) {
        return folder.resolve(name + "-" + starts.incrementAndGet() + ".log");
    }

    Map<Integer, Long> committed() {
        return cluster.committed(GROUP);
    }

    /** Of the calls topic. */
    Map<Integer, Long> ends() {
        return cluster.ends(TOPICS.calls(), WorkerProgram.PARTITIONS);
    }

    /** True if nothing is left to do; of a partition without calls nothing is ever committed. */
    boolean hasCommittedAll() {
        Map<Integer, Long> committed = committed();
        return ends().entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L).equals(end.getValue()));
    }

    /** Waits until every reply that stands in the topic now was seen. False if they do not come. */
    boolean seesAllReplies() {
        Map<Integer, Long> ends = cluster.ends(TOPICS.replies(), WorkerProgram.PARTITIONS);
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!ends.entrySet().stream()
                .allMatch(end -> repliesRead.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            Pause.of(Duration.ofMillis(20));
        }
        return true;
    }

    void readJournal() {
        history.executed(ExecutionJournal.read(folder.resolve("journal")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        workers.forEach(Program::close);
        replies.close();
        cluster.close();
        broker.close();
        tools.close();
    }
}
