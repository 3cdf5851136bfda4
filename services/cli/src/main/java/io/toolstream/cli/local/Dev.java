package io.toolstream.cli.local;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.broker.AddressFile;
import io.toolstream.cli.broker.DevAddress;
import io.toolstream.cli.text.Style;
import io.toolstream.embedded.Addresses;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.wire.TopicNames;
import java.io.IOException;

/** The pipeline for development, from its start to a signal. */
final class Dev {
    private Dev() {}

    static ExitCode run(Console console, AllInOneSettings settings) throws InterruptedException {
        try (Stage stage = Stage.start(console, settings)) {
            Addresses addresses = stage.pipeline().addresses();
            announce(
                    console,
                    stage,
                    new DevAddress(
                            addresses.bootstrapServers(),
                            ProcessHandle.current().pid()));
            stage.add("farewell", () -> console.err().println("ending: what is in flight first"));
            print(console, settings, stage);
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
            console.err()
                    .println("toolstream: warning: other commands will not find this broker by themselves, "
                            + e.getMessage() + "; give them --bootstrap " + address.bootstrapServers());
        }
    }

    private static void print(Console console, AllInOneSettings settings, Stage stage) {
        Style style = Style.of(console.coloursOut());
        DevBanner banner = new DevBanner(
                stage.pipeline().addresses(),
                new TopicNames(settings.settings().topics().prefix()));
        banner.lines(style).forEach(console.out()::println);
        DevBanner.servers(stage.pipeline().worker().tools().servers(), style).forEach(console.out()::println);
    }
}
