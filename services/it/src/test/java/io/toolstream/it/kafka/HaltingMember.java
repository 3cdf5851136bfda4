package io.toolstream.it.kafka;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.Lease;
import io.toolstream.kafka.RecordHandler;
import io.toolstream.wire.InboundRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process with one engine that is gone, without a word, when it is handed a certain record; ends by itself after 100. */
final class HaltingMember implements RecordHandler {
    private static final int RECORDS = 100;
    private static final int KILLED = 137;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final int poison;

    private HaltingMember(int poison) {
        this.poison = poison;
    }

    /** At most so many of a partition run again. */
    static final int MOST_UNSETTLED = 10;

    /** Runs one and waits for its end. */
    static int run(KafkaConnection connection, String topic, String group, int poison, Path out)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltingMember.class.getName(),
                        connection.bootstrapServers(),
                        topic,
                        group,
                        Integer.toString(poison)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end, see " + out);
        }
        return process.exitValue();
    }

    /** Arguments: brokers, topic, group, the value that kills. */
    public static void main(String[] arguments) {
        KafkaConnection connection =
                new KafkaConnection(arguments[0], "halting", Map.of("group.instance.id", "the-only-one"));
        ConsumerEngine engine = ConsumerEngine.start(
                connection,
                new ConsumerEngineSettings(
                        arguments[2],
                        List.of(arguments[1]),
                        50,
                        64 << 20,
                        MOST_UNSETTLED,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        GroupProtocol.CLASSIC),
                new HaltingMember(Integer.parseInt(arguments[3])));
        while (engine.snapshot().partitions().stream().noneMatch(partition -> partition.committed() == RECORDS)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        engine.close();
        System.exit(0);
    }

    @Override
    public CompletionStage<?> handle(InboundRecord record, Lease lease) {
        int value = Engines.value(record);
        if (value == poison) {
            Runtime.getRuntime().halt(KILLED);
        }
        System.out.println("handled " + value);
        return DONE;
    }

    @Override
    public CompletionStage<?> condemned(InboundRecord record, Lease lease, int crashes) {
        System.out.println("condemned " + Engines.value(record) + " after " + crashes);
        return DONE;
    }
}
