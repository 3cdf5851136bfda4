package io.toolstream.cli.local;

import io.toolstream.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what it is, in one command. */
@Command(
        name = "demo",
        description = "Start everything in this process, make some calls, show what comes back.",
        footer = {"", "Needs nothing else: no Kafka, no Docker. Leaves nothing behind."})
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        return Demo.show(session.console()).number();
    }
}
