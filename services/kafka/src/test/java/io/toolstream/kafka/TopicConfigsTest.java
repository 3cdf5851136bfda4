package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicConfigsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cleanup.policy | delete | delete | true",
                "cleanup.policy | compact,delete | delete, compact | true",
                "cleanup.policy | delete | compact | false",
                "cleanup.policy | delete | compact,delete | false",
                "retention.ms | 1000 | 2000 | true",
                "retention.ms | 1000 | -1 | true",
                "retention.ms | -1 | 1000 | false",
                "retention.ms | 2000 | 1000 | false",
                "max.message.bytes | 100 | 200 | true",
                "max.message.bytes | 200 | unknown | false",
                "message.timestamp.type | LogAppendTime | CreateTime | false",
                "segment.bytes | 100 | 200 | false",
            })
    void satisfies_moreOfALimit_butNothingElse(String name, String needed, String actual, boolean does) {
        assertThat(TopicConfigs.satisfies(name, needed, actual)).isEqualTo(does);
    }
}
