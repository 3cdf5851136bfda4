package io.toolstream.metrics.stream;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what was left out, once in a second at most, with how often it was. One thread. */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String what;
    private long count;
    private long saidMillis;

    Complaints(String what) {
        this.what = what;
    }

    void about(String which, long howMany, long nowMillis) {
        count += howMany;
        if (nowMillis - saidMillis >= PAUSE.toMillis()) {
            log.warn("{}: {}, the last: {}", what, count, which);
            count = 0;
            saidMillis = nowMillis;
        }
    }
}
