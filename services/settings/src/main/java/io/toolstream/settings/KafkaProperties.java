package io.toolstream.settings;

import io.toolstream.settings.source.DidYouMean;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of Kafka's own client properties may be set: those that describe the cluster, the way to it and buffers. Not those
 * that name classes or commands, since settings must not run code, and not those that Toolstream's promises rest on.
 */
final class KafkaProperties {
    private static final Set<String> ALLOWED = Set.of(
            // the way to the cluster
            "client.dns.lookup",
            "client.rack",
            "connections.max.idle.ms",
            "default.api.timeout.ms",
            "metadata.max.age.ms",
            "metadata.max.idle.ms",
            "metadata.recovery.rebootstrap.trigger.ms",
            "metadata.recovery.strategy",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            // consuming
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "group.instance.id",
            "heartbeat.interval.ms",
            "max.partition.fetch.bytes",
            "max.poll.interval.ms",
            "max.poll.records",
            "session.timeout.ms",
            // producing
            "batch.size",
            "buffer.memory",
            "compression.gzip.level",
            "compression.lz4.level",
            "compression.type",
            "compression.zstd.level",
            "delivery.timeout.ms",
            "linger.ms",
            "max.block.ms",
            "max.request.size",
            // who we are
            "sasl.jaas.config",
            "sasl.kerberos.service.name",
            "sasl.login.callback.handler.class",
            "sasl.mechanism",
            "sasl.oauthbearer.assertion.algorithm",
            "sasl.oauthbearer.assertion.file",
            "sasl.oauthbearer.assertion.private.key.file",
            "sasl.oauthbearer.assertion.private.key.passphrase",
            "sasl.oauthbearer.client.credentials.client.id",
            "sasl.oauthbearer.client.credentials.client.secret",
            "sasl.oauthbearer.scope",
            "sasl.oauthbearer.token.endpoint.url",
            "security.protocol",
            "ssl.cipher.suites",
            "ssl.enabled.protocols",
            "ssl.endpoint.identification.algorithm",
            "ssl.key.password",
            "ssl.keystore.certificate.chain",
            "ssl.keystore.key",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.protocol",
            "ssl.truststore.certificates",
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type");

    /** Those that have a key of ours. */
    private static final Map<String, String> OURS = Map.of(
            "bootstrap.servers", "kafka.bootstrapServers",
            "client.id", "kafka.clientId",
            "group.id", "worker.group",
            "group.protocol", "worker.groupProtocol",
            "auto.commit.interval.ms", "worker.commitInterval");

    private static final Pattern SECRET = Pattern.compile("password|passphrase|secret|jaas|keystore\\.key|private");

    private static final Set<String> LOGIN_MODULES = Set.of(
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
            "com.sun.security.auth.module.Krb5LoginModule");

    private static final Pattern LOGIN_MODULE = Pattern.compile(
            "(?:^|;)\\s*([\\w.$]+)\\s+(?:required|requisite|sufficient|optional)", Pattern.CASE_INSENSITIVE);

    private static final String LOGIN_HANDLER =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler";

    private KafkaProperties() {}

    /** Why this property is refused; empty if it may be set. */
    static Optional<String> problem(String name, String value) {
        String ours = OURS.get(name);
        if (ours != null) {
            return Optional.of("is set by " + ours);
        }
        if (!ALLOWED.contains(name)) {
            return Optional.of("is not a property that may be set" + DidYouMean.hint(ALLOWED, name));
        }
        return switch (name) {
            case "sasl.jaas.config" -> jaasProblem(value);
            case "sasl.login.callback.handler.class" ->
                value.equals(LOGIN_HANDLER) ? Optional.empty() : Optional.of("must be Kafka's own " + LOGIN_HANDLER);
            default -> Optional.empty();
        };
    }

    /** Whether the value is never shown. */
    static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    private static Optional<String> jaasProblem(String value) {
        Matcher matcher = LOGIN_MODULE.matcher(value);
        int modules = 0;
        while (matcher.find()) {
            modules++;
            if (!LOGIN_MODULES.contains(matcher.group(1))) {
                return Optional.of("must use a login module of Kafka: Plain, Scram, OAuthBearer or Kerberos");
            }
        }
        return modules == 1 ? Optional.empty() : Optional.of("must be one login module, its flag and its options");
    }
}
