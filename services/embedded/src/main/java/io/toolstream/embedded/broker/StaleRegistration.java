package io.toolstream.embedded.broker;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration of a broker that was killed. The controller would keep its place for the whole session time-out, nine
 * seconds, and turn its successor away meanwhile. Here nobody else can hold the directory, so it can go at once.
 */
final class StaleRegistration {
    private static final Logger log = LoggerFactory.getLogger(StaleRegistration.class);
    private static final long LOOK_AGAIN_MILLIS = 5;

    private StaleRegistration() {}

    /** Blocks until it is gone; where that cannot be had in time, the session time-out does the same later. */
    static void end(Controller controller, Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (!controller.isActive() && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        ControllerRequestContext context = new ControllerRequestContext(
                new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.of(deadlineNanos));
        try {
            controller
                    .unregisterBroker(context, BrokerProperties.NODE_ID)
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The broker's former registration stays until it expires", e);
        }
    }
}
