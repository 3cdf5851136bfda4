package io.toolstream.cli.metrics;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Logs;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Reachability;
import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.client.metrics.MetricsFollower;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The way from a command to the metrics topic of the pipeline that it is pointed to, until somebody has had enough. */
final class Following implements AutoCloseable {
    private final MetricsFollower follower;

    private Following(MetricsFollower follower) {
        this.follower = follower;
    }

    static Following start(Session session, BrokerOptions broker, Duration reach, Consumer<FollowedWindow> each) {
        Map<String, String> environment = session.console().environment();
        Endpoint endpoint = broker.endpoint(environment);
        Reachability.require(endpoint);
        Logs.quiet(environment);
        KafkaConnection kafka =
                new KafkaConnection(endpoint.bootstrapServers(), "toolstream-cli", endpoint.properties());
        try {
            return new Following(MetricsFollower.start(kafka, new TopicNames(endpoint.topicPrefix()), reach, each));
        } catch (BrokerUnavailableException | IllegalStateException e) {
            throw CommandFailure.of(ExitCode.UNREACHABLE, e);
        }
    }

    /** Blocks; does the task now and then, until it says that it was enough. */
    void each(Duration pause, BooleanSupplier isEnough) throws InterruptedException {
        while (!hasEndedWithin(pause) && !isEnough.getAsBoolean()) {
            // what is to be done is done by the question
        }
    }

    private boolean hasEndedWithin(Duration pause) throws InterruptedException {
        try {
            follower.terminated().get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw CommandFailure.of(ExitCode.UNREACHABLE, e.getCause());
        } catch (TimeoutException stillFollowing) {
            return false;
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
