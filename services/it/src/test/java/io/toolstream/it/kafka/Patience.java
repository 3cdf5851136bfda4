package io.toolstream.it.kafka;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How all tests here wait for what has to happen: as long as brokers and processes on a busy machine take, and whatever becomes
 * of threads that a test before has left behind, which Awaitility would hold against the one that waits.
 */
public final class Patience implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
