package io.toolstream.kafka;

import io.toolstream.kafka.TopicProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;

/** Compares a topic as it is with the topic as it is needed. */
final class TopicCheck {
    private TopicCheck() {}

    static List<TopicProblem> compare(TopicSpec needed, TopicDescription actual, Map<String, String> configs) {
        List<TopicProblem> problems = new ArrayList<>();
        int partitions = actual.partitions().size();
        if (partitions != needed.partitions()) {
            problems.add(problem(needed, Kind.PARTITIONS, "partitions", needed.partitions(), partitions));
        }
        int replication = actual.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        if (replication < needed.replication()) {
            problems.add(problem(needed, Kind.REPLICATION, "replication", needed.replication(), replication));
        }
        new TreeMap<>(needed.configs()).forEach((name, value) -> {
            String found = configs.getOrDefault(name, "unknown");
            if (!TopicConfigs.satisfies(name, value, found)) {
                problems.add(problem(needed, Kind.CONFIG, name, value, found));
            }
        });
        return problems;
    }

    private static TopicProblem problem(TopicSpec spec, Kind kind, String setting, Object needed, Object actual) {
        return new TopicProblem(spec.name(), kind, setting, needed.toString(), actual.toString());
    }
}
