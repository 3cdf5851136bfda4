package io.toolstream.cli.operate;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.settings.EffectiveSettings.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks and shows settings. */
@Command(
        name = "config",
        description = "Check settings and mcp.json, show what holds, import what others have.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigImport.class})
public final class ConfigCommand {
    /** Reads everything a worker would read, and says what is wrong. */
    @Command(name = "check", description = "Check settings and mcp.json; every problem with file, line and column.")
    static final class Check implements Callable<Integer> {
        private final Session session;

        @Mixin
        private SettingsOptions options = new SettingsOptions();

        Check(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Loaded loaded = options.load(session.console());
            int servers = loaded.servers().size();
            session.console().err().println("ok: " + servers + (servers == 1 ? " tool server" : " tool servers"));
            return ExitCode.OK.number();
        }
    }

    /** Prints settings with their sources. */
    @Command(name = "show", description = "Show what is set, and by whom; secrets are masked.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Option(names = "--effective", description = "Also everything that holds by default or by profile.")
        private boolean effective;

        @Mixin
        private SettingsOptions options = new SettingsOptions();

        @Mixin
        private OutputOption output = new OutputOption();

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Console console = session.console();
            List<Entry> entries = options.load(console).settings().effective().entries().stream()
                    .filter(entry -> effective || !isGiven(entry))
                    .toList();
            if (output.format() == Format.TABLE && entries.isEmpty()) {
                console.err().println("nothing is set; --effective shows what holds by default");
            } else if (output.format() == Format.TABLE) {
                Table table = new Table("SETTING", "VALUE", "SOURCE");
                entries.forEach(entry -> table.row(entry.key(), entry.value(), entry.source()));
                table.lines(Style.of(console.coloursOut())).forEach(console.out()::println);
            } else {
                JsonOutput.printAll(
                        console,
                        output.format(),
                        entries.stream().map(Show::members).toList());
            }
            return ExitCode.OK.number();
        }

        private static boolean isGiven(Entry entry) {
            return entry.source().equals("default") || entry.source().startsWith("profile ");
        }

        private static Map<String, Object> members(Entry entry) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("key", entry.key());
            members.put("value", entry.value());
            members.put("source", entry.source());
            return members;
        }
    }
}
