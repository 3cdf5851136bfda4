package io.toolstream.kafka;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that does not work for a while: logged when it begins, changes and ends, not each time it is met. */
final class Trouble {
    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    private final String what;
    private volatile @Nullable String now;

    Trouble(String what) {
        this.what = what;
    }

    void met(Exception cause) {
        String text = what + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (!text.equals(now)) {
            now = text;
            log.warn("{}; goes on trying", text);
        }
    }

    void over() {
        if (now != null) {
            now = null;
            log.info("{}: over", what);
        }
    }

    /** Null while there is none. Any thread. */
    @Nullable
    String now() {
        return now;
    }
}
