package io.toolstream.cli.local;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.broker.AddressFile;
import io.toolstream.cli.broker.DevAddress;
import io.toolstream.cli.text.Style;
import io.toolstream.embedded.Addresses;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.runtime.logging.Logging;
import io.toolstream.wire.TopicNames;
import java.io.IOException;

/** The pipeline for development, from its start to a signal. */
final class Dev {
    private Dev() {}

    static ExitCode run(Console console, AllInOneSettings settings) throws InterruptedException {
        Logging.configure(settings.settings().log());
        try (Stage stage = Stage.start(console, settings)) {
            Addresses addresses = stage.pipeline().addresses();
            announce(console, stage, new DevAddress(addresses.bootstrapServers(), ProcessHandle.current().pid()));
            stage.add("farewell", () -> console.err().println("ending: what is in flight first"));
            print(console, settings, addresses);
            return stage.await();
        }
    }

    /** Not to be found by the other commands is a pity, no reason to stop. */
    private static void announce(Console console, Stage stage, DevAddress address) {
        AddressFile file = AddressFile.of(console.environment());
        try {
            file.write(address);
            stage.add("address file", () -> file.remove(address));
        } catch (IOException e) {
            console.err().println("toolstream: warning: other commands will not find this broker by themselves, "
                    + e.getMessage() + "; give them --bootstrap " + address.bootstrapServers());
        }
    }

    private static void print(Console console, AllInOneSettings settings, Addresses addresses) {
        Style style = Style.of(console.coloursOut());
        TopicNames topics = new TopicNames(settings.settings().topics().prefix());
        boolean hasDemo = addresses.demoTools() != null;
        console.out().println(style.bold("kafka") + "   " + addresses.bootstrapServers());
        if (addresses.admin() != null) {
            console.out().println(style.bold("admin") + "   http://" + addresses.admin().getHostString() + ":"
                    + addresses.admin().getPort() + "/readyz?verbose");
        }
        console.out().println(style.bold("try") + "     ./toolstream "
                + (hasDemo ? "call demo echo text=Hello" : "tools ls"));
        if (hasDemo) {
            console.out().println("        echo '{\"server\":\"demo\",\"tool\":\"echo\",\"arguments\":{\"text\":\"Hello\"}}' | kcat -P -b "
                    + addresses.bootstrapServers() + " -t " + topics.calls());
        }
        console.out().println("        kcat -C -b " + addresses.bootstrapServers() + " -t " + topics.replies());
        console.out().flush();
    }
}
