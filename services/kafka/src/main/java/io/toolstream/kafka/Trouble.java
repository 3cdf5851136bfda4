package io.toolstream.kafka;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that does not work for a while: logged when it begins, when its kind changes and when it ends, not each time
 * it is met. Its owner's thread changes it, any thread reads.
 */
final class Trouble {
    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    private final String what;
    private String kind = "";
    private volatile @Nullable String now;

    Trouble(String what) {
        this.what = what;
    }

    void met(Exception failure) {
        Throwable cause = failure.getCause();
        String text = what + ": " + text(failure) + (cause == null ? "" : ", by " + text(cause));
        String met = failure.getClass().getName()
                + (cause == null ? "" : cause.getClass().getName());
        if (now == null || !kind.equals(met)) {
            log.warn("{}; goes on trying", text);
        }
        kind = met;
        now = text;
    }

    void over() {
        if (now != null) {
            now = null;
            log.info("{}: over", what);
        }
    }

    /** Null while there is none. */
    @Nullable
    String now() {
        return now;
    }

    private static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
