package io.toolstream.cli.local;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.broker.AddressFile;
import io.toolstream.cli.broker.DevAddress;
import io.toolstream.cli.operate.Loaded;
import io.toolstream.cli.operate.Reload;
import io.toolstream.cli.text.Style;
import io.toolstream.embedded.Addresses;
import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.wire.TopicNames;
import java.io.IOException;
import java.util.function.Supplier;

/** The pipeline for development, from its start to a signal; SIGHUP has it read settings and tool servers again. */
final class Dev {
    private Dev() {}

    /** @param again reads settings and tool servers as they were read at the start */
    static ExitCode run(Console console, AllInOneSettings settings, Supplier<Loaded> again)
            throws InterruptedException {
        try (Stage stage = Stage.start(console, settings)) {
            Addresses addresses = stage.pipeline().addresses();
            announce(
                    console,
                    stage,
                    new DevAddress(
                            addresses.bootstrapServers(),
                            ProcessHandle.current().pid()));
            AllInOne pipeline = stage.pipeline();
            Reload reload =
                    new Reload(pipeline::reload, again, settings.settings().log());
            stage.add("reload signal", reload.listen(pipeline.worker()));
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
