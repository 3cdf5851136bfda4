package io.toolstream.cli.operate;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.settings.TopicSettings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes topics. */
@Command(
        name = "topics",
        description = "Make the topics of a pipeline.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TopicsCommand.Create.class)
public final class TopicsCommand {
    /** Makes what is missing and says what is otherwise than needed. */
    @Command(name = "create", description = "Make the topics that are missing; say which are not as they should be.")
    static final class Create implements Callable<Integer> {
        private final Session session;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                description = "Partitions of the calls topic, fixed for good. Otherwise the settings' (24).")
        private @Nullable Integer partitions;

        @Option(names = "--replication", paramLabel = "N", description = "Copies of each. Otherwise the settings' (1).")
        private @Nullable Integer replication;

        @Mixin
        private BrokerOptions broker = new BrokerOptions();

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TopicSettings set = broker.settings(session.console().environment()).topics();
            return TopicSetup.run(
                            session.console(), broker.endpoint(session.console().environment()), wanted(set))
                    .number();
        }

        private TopicSettings wanted(TopicSettings set) {
            try {
                return new TopicSettings(
                        set.prefix(),
                        partitions == null ? set.partitions() : partitions,
                        replication == null ? set.replication() : replication,
                        true,
                        set.replyTopics());
            } catch (IllegalArgumentException e) {
                throw CommandFailure.of(ExitCode.USAGE, e);
            }
        }
    }
}
