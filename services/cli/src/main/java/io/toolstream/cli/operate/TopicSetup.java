package io.toolstream.cli.operate;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Logs;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Reachability;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.kafka.TopicProblem;
import io.toolstream.kafka.TopicSpec;
import io.toolstream.settings.TopicSettings;
import io.toolstream.worker.TopicLayout;
import java.util.List;

/** Makes the topics a worker needs, and prints the names of all of them. */
final class TopicSetup {
    private TopicSetup() {}

    static ExitCode run(Console console, Endpoint endpoint, TopicSettings settings) {
        Reachability.require(endpoint);
        Logs.quiet(console.environment());
        List<TopicSpec> needed = TopicLayout.of(settings);
        KafkaConnection kafka =
                new KafkaConnection(endpoint.bootstrapServers(), "toolstream-cli", endpoint.properties());
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            List<TopicProblem> problems = admin.ensure(needed, true);
            if (!problems.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        String.join(
                                "\n  ",
                                problems.stream().map(TopicProblem::message).toList()));
            }
        }
        needed.forEach(topic -> console.out().println(topic.name()));
        return ExitCode.OK;
    }
}
