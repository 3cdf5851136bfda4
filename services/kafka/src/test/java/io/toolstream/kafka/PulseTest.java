package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private static final MetricName RESPONSES = new MetricName("response-total", "consumer-metrics", "", Map.of());

    private long nowNanos;
    private double responses;

    @Test
    void isSilent_whereNoResponseComesForSeconds_untilOneDoes() {
        Pulse pulse = pulse(Map.of(RESPONSES, counted()));
        responses = 7;
        pass(pulse, 10);
        assertThat(pulse.isSilent()).isTrue();

        responses = 8;
        pass(pulse, 1);
        assertThat(pulse.isSilent()).isFalse();
    }

    @Test
    void isSilent_whileResponsesCome_isFalse() {
        Pulse pulse = pulse(Map.of(RESPONSES, counted()));
        for (int second = 0; second < 60; second++) {
            responses += 2;
            pass(pulse, 1);
        }

        assertThat(pulse.isSilent()).isFalse();
        pass(pulse, 5);
        assertThat(pulse.isSilent()).isFalse();
        pass(pulse, 1);
        assertThat(pulse.isSilent()).isTrue();
    }

    @Test
    void isSilent_ofAConsumerThatDoesNotCount_isFalse() {
        Pulse pulse = pulse(Map.of());

        pass(pulse, 60);

        assertThat(pulse.isSilent()).isFalse();
    }

    private Pulse pulse(Map<MetricName, Metric> metrics) {
        return new Pulse(() -> nowNanos, () -> metrics);
    }

    private void pass(Pulse pulse, int seconds) {
        for (int second = 0; second < seconds; second++) {
            nowNanos += TimeUnit.SECONDS.toNanos(1);
            pulse.look();
        }
    }

    private Metric counted() {
        return new Metric() {
            @Override
            public MetricName metricName() {
                return RESPONSES;
            }

            @Override
            public Object metricValue() {
                return responses;
            }
        };
    }
}
