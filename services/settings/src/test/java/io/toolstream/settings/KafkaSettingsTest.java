package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interceptor.classes      | x.Y | is not a property that may be set",
                "key.serializer           | x.Y | is not a property that may be set",
                "value.deserializer       | x.Y | is not a property that may be set",
                "metric.reporters         | x.Y | is not a property that may be set",
                "partitioner.class        | x.Y | is not a property that may be set",
                "ssl.engine.factory.class | x.Y | is not a property that may be set",
                "security.providers       | x.Y | is not a property that may be set",
                "config.providers         | x.Y | is not a property that may be set",
                "sasl.kerberos.kinit.cmd  | rm  | is not a property that may be set",
                "sasl.login.class         | x.Y | is not a property that may be set",
                "sasl.client.callback.handler.class | x.Y | is not a property that may be set",
                "sasl.login.callback.handler.class  | x.Y | must be Kafka's own",
                "enable.auto.commit       | true | is not a property that may be set",
                "acks                     | 0   | is not a property that may be set",
                "isolation.level          | x   | is not a property that may be set",
                "security.protocl         | SSL | did you mean security.protocol?",
                "group.id                 | x   | is set by worker.group",
                "bootstrap.servers        | x   | is set by kafka.bootstrapServers",
            })
    void client_propertyThatRunsCodeOrBreaksPromises_isRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaSettings("localhost:1", "x", Map.of(name, value)))
                .withMessageContaining("client/" + name + " ")
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://x\";",
                "com.sun.security.auth.module.LdapLoginModule required;",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\"; "
                        + "com.sun.security.auth.module.JndiLoginModule REQUIRED user.provider.url=\"ldap://x\";",
                "org.apache.kafka.common.security.plain.PlainLoginModule",
                "nonsense",
            })
    void client_jaasWithAnythingButKafkasModules_isRefused(String jaas) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaSettings("localhost:1", "x", Map.of("sasl.jaas.config", jaas)))
                .withMessageContaining("login module")
                .withMessageNotContaining("ldap");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\";",
                "org.apache.kafka.common.security.scram.ScramLoginModule required\n  username=\"a\"\n  password=\"b\";",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ;",
            })
    void client_jaasOfKafka_isTaken(String jaas) {
        assertThatCode(() -> new KafkaSettings("localhost:1", "x", Map.of("sasl.jaas.config", jaas)))
                .doesNotThrowAnyException();
    }

    @Test
    void toString_hidesValues() {
        KafkaSettings settings = new KafkaSettings("localhost:1", "x", Map.of("ssl.key.password", "s3cret"));

        assertThat(settings.toString()).contains("ssl.key.password").doesNotContain("s3cret");
    }
}
