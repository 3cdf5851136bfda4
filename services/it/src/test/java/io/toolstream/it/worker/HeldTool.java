package io.toolstream.it.worker;

import io.toolstream.testkit.Answer;
import io.toolstream.testkit.ScriptedTool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A tool that only reads, whose calls wait until they are let go: so that what is tried while a call is under way has all the
 * time it takes.
 */
final class HeldTool {
    private final CountDownLatch letGo = new CountDownLatch(1);

    /** In the place of the server's tool of this name. */
    ScriptedTool named(String name) {
        return ScriptedTool.reading(name, "{\"type\":\"object\"}", (arguments, wanted) -> {
            boolean isWanted = true;
            while (isWanted && letGo.getCount() > 0) {
                isWanted = wanted.sleep(Duration.ofMillis(10));
            }
            return Answer.text("done");
        });
    }

    /** Every call is answered from now on: those that wait, and later ones at once. */
    void letGo() {
        letGo.countDown();
    }
}
