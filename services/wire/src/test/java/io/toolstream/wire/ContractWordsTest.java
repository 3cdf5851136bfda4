package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContractWordsTest {
    @ParameterizedTest
    @EnumSource
    void status_isFoundByItsWord(Status status) {
        assertThat(Status.ofText(status.text())).contains(status);
    }

    @ParameterizedTest
    @EnumSource
    void errorCode_isFoundByItsText(ErrorCode code) {
        assertThat(code.text()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(ErrorCode.ofText(code.text())).contains(code);
    }

    @ParameterizedTest
    @EnumSource
    void timestampType_isFoundByKafkasName(TimestampType type) {
        assertThat(TimestampType.ofText(type.text())).contains(type);
        assertThat(TimestampType.ofText("Whenever")).isEmpty();
    }

    @Test
    void topicNames_standUnderTheirPrefix() {
        assertThat(new TopicNames("t.").all())
                .containsExactlyInAnyOrder(
                        "t.calls",
                        "t.replies",
                        "t.dead-letters",
                        "t.events",
                        "t.metrics",
                        "t.control",
                        "t.catalogue",
                        "t.parked",
                        "t.effects",
                        "t.tasks",
                        "t.breakers",
                        "t.epochs",
                        "t.replays");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicNames("a b"));
    }

    @Test
    void wireLimits_thatMakeNoSense_areRefused() {
        Duration minute = Duration.ofMinutes(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WireLimits(1, 1, 0, 1, 1, 1, minute, minute))
                .withMessageContaining("depth 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WireLimits(1, 1, 1, 1, 1, 1, minute.plusMillis(1), minute))
                .withMessageContaining("defaultDeadline");
    }

    @Test
    void rawJson_isEqualByItsBytesAndPrintsNoneOfThem() {
        RawJson part = RawJson.of(CallRecords.utf8("..{\"secret\":1}.."), 2, 12);

        assertThat(part)
                .isEqualTo(RawJson.ofText("{\"secret\":1}"))
                .hasSameHashCodeAs(RawJson.ofText("{\"secret\":1}"));
        assertThat(part).isNotEqualTo(RawJson.ofText("{\"secret\": 1}"));
        assertThat(part.toString()).doesNotContain("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> RawJson.of(new byte[2], 1, 2));
    }
}
