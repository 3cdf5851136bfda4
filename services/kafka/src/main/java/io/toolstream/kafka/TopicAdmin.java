package io.toolstream.kafka;

import io.toolstream.kafka.TopicProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Makes and checks topics. Any thread may call; each call blocks it, for about half a minute at most.
 *
 * <p>All methods throw {@link BrokerUnavailableException} if the brokers do not answer in time.
 */
public final class TopicAdmin implements AutoCloseable {
    private static final long VISIBLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Admin admin;
    private final TopicQueries queries;

    public TopicAdmin(KafkaConnection connection) {
        this.admin = Admin.create(connection.clientProperties("admin", Map.of(), Map.of()));
        this.queries = new TopicQueries(admin);
    }

    /**
     * Compares the topics with what is needed: partitions exactly, replication at least, each named config (limits and
     * retentions at least, {@code -1} being the most; the rest exactly).
     *
     * @param createMissing make the missing ones; another process doing the same at the same time does no harm
     * @return empty if all is as needed
     */
    public List<TopicProblem> ensure(List<TopicSpec> needed, boolean createMissing) {
        List<TopicProblem> problems = new ArrayList<>();
        Map<String, TopicDescription> found = queries.describe(names(needed), problems);
        List<TopicSpec> missing = needed.stream()
                .filter(spec -> !found.containsKey(spec.name()) && !isNamed(spec, problems))
                .toList();
        if (createMissing && !missing.isEmpty()) {
            queries.create(missing, problems);
            found.putAll(awaitVisible(missing, problems));
        }
        Map<String, Map<String, String>> configs = queries.configs(List.copyOf(found.keySet()), problems);
        for (TopicSpec spec : needed) {
            TopicDescription description = found.get(spec.name());
            if (description != null) {
                problems.addAll(TopicCheck.compare(spec, description, configs.getOrDefault(spec.name(), Map.of())));
            } else if (!isNamed(spec, problems)) {
                problems.add(new TopicProblem(spec.name(), Kind.MISSING, "topic", "there", "missing"));
            }
        }
        return problems;
    }

    /** Empty if there is no such topic, or none that this client may see. */
    public OptionalInt partitions(String topic) {
        TopicDescription description =
                queries.describe(List.of(topic), new ArrayList<>()).get(topic);
        return description == null
                ? OptionalInt.empty()
                : OptionalInt.of(description.partitions().size());
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }

    /** What was made just now may be unknown to some broker for a moment. */
    private Map<String, TopicDescription> awaitVisible(List<TopicSpec> made, List<TopicProblem> problems) {
        List<String> names =
                names(made.stream().filter(spec -> !isNamed(spec, problems)).toList());
        long deadlineNanos = System.nanoTime() + VISIBLE_NANOS;
        Map<String, TopicDescription> found = queries.describe(names, problems);
        while (!found.keySet().containsAll(names) && System.nanoTime() - deadlineNanos < 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            found = queries.describe(names, problems);
        }
        return found;
    }

    private static List<String> names(List<TopicSpec> specs) {
        return specs.stream().map(TopicSpec::name).toList();
    }

    private static boolean isNamed(TopicSpec spec, List<TopicProblem> problems) {
        return problems.stream().anyMatch(problem -> problem.topic().equals(spec.name()));
    }
}
