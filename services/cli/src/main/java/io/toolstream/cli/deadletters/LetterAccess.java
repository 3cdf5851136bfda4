package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Logs;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Reachability;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.DeadLettersException;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.TopicNames;
import java.util.Map;
import java.util.function.Function;

/** The way from a command to the dead letters of the pipeline that it is pointed to. */
final class LetterAccess {
    private LetterAccess() {}

    /** What a command does with the dead letters. */
    static <T> T with(Session session, BrokerOptions broker, Function<DeadLetters, T> task) {
        Map<String, String> environment = session.console().environment();
        Endpoint endpoint = broker.endpoint(environment);
        Reachability.require(endpoint);
        Logs.quiet(environment);
        KafkaConnection kafka =
                new KafkaConnection(endpoint.bootstrapServers(), "toolstream-cli", endpoint.properties());
        try (DeadLetters letters = DeadLetters.open(kafka, new TopicNames(endpoint.topicPrefix()))) {
            return task.apply(letters);
        } catch (DeadLettersException e) {
            throw CommandFailure.of(e.isMissing() ? ExitCode.REFUSED : ExitCode.UNREACHABLE, e);
        } catch (BrokerUnavailableException e) {
            throw CommandFailure.of(ExitCode.UNREACHABLE, e);
        }
    }

    /** The topic of the dead letters. */
    static String topic(Session session, BrokerOptions broker) {
        return new TopicNames(broker.endpoint(session.console().environment()).topicPrefix()).deadLetters();
    }

    /** Who gives the command, for the record. */
    static String user(Session session) {
        Map<String, String> environment = session.console().environment();
        String account =
                System.getProperty("user.name", "somebody"); // services and containers often have no such variable
        String user = environment.getOrDefault("USER", environment.getOrDefault("USERNAME", account));
        String host = environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
        return host.isBlank() ? user : user + "@" + host;
    }
}
