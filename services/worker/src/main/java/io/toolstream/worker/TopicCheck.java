package io.toolstream.worker;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.kafka.TopicProblem;
import io.toolstream.settings.TopicSettings;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The look at the topics before anything is read from them: makes what is missing, stops the start where it must. */
final class TopicCheck {
    private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);

    private static final Set<String> KEEPS = Set.of("retention.ms", "cleanup.policy");

    private TopicCheck() {}

    /** Blocks. @throws WorkerException with everything that is wrong */
    static void run(KafkaConnection connection, TopicSettings settings, Duration ledgerRetention) {
        TopicNames topics = new TopicNames(settings.prefix());
        List<TopicProblem> problems;
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            problems = admin.ensure(TopicLayout.of(settings, ledgerRetention), settings.create());
        }
        List<TopicProblem> fatal =
                problems.stream().filter(problem -> isFatal(problem, topics)).toList();
        if (!fatal.isEmpty()) {
            throw new WorkerException(fatal.stream().map(TopicCheck::explained).collect(Collectors.joining("\n")));
        }
        problems.forEach(problem -> log.warn("{}", problem.message()));
    }

    private static boolean isFatal(TopicProblem problem, TopicNames topics) {
        return switch (problem.kind()) {
            case MISSING, REFUSED -> true;
            case PARTITIONS ->
                Set.of(topics.calls(), topics.effects(), topics.parked()).contains(problem.topic());
            // What is deleted too early, or compacted, would be run a second time, or never answered.
            case CONFIG ->
                Set.of(topics.effects(), topics.parked()).contains(problem.topic())
                        && KEEPS.contains(problem.setting());
            case REPLICATION -> false;
        };
    }

    private static String explained(TopicProblem problem) {
        return problem.kind() == TopicProblem.Kind.PARTITIONS
                ? problem.message()
                        + "; ordering and idempotency keys choose their partition by this number: set topics.partitions"
                        + " to it, or take another prefix"
                : problem.message();
    }
}
