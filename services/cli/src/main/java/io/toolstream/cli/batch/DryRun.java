package io.toolstream.cli.batch;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.text.SafeText;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads all lines and tells what would be called. Memory: a count for each tool, the first thousand of them. */
final class DryRun {
    private static final int MOST_TOOLS = 1_000;

    private final Console console;
    private final CallsFile file;
    private final Map<String, Long> tools = new TreeMap<>();
    private long calls;
    private long wrong;
    private long silent;

    DryRun(Console console, CallsFile file) {
        this.console = console;
        this.file = file;
    }

    static int code(boolean isRight) {
        return (isRight ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    /** True if there is nothing wrong. */
    boolean run(boolean tells) {
        Progress progress = new Progress(console, System::nanoTime, OptionalLong.empty(), 0);
        LineReading reading = new LineReading(InstantSource.system());
        try (CallLines lines = file.open()) {
            for (CallLine line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    CallLine read = line;
                    List<Item> items = reading.read(line);
                    silent += items.isEmpty() ? 1 : 0;
                    items.forEach(item -> count(item, file.name() + ":" + read.number(), progress));
                }
            }
        }
        if (tells) {
            tell();
        } else if (wrong > 0) {
            console.err().println(wrong + " wrong, nothing was called (--strict)");
        }
        return wrong == 0;
    }

    private void count(Item item, String where, Progress progress) {
        if (item instanceof Item.Wrong bad) {
            wrong++;
            progress.complain(where, bad.why());
            return;
        }
        calls++;
        Item.Wanted wanted = (Item.Wanted) item;
        String tool = (wanted.server() == null ? "" : wanted.server() + " ") + wanted.tool();
        if (tools.containsKey(tool) || tools.size() < MOST_TOOLS) {
            tools.merge(tool, 1L, Long::sum);
        }
    }

    private void tell() {
        String without = silent == 0 ? "" : ", " + silent + (silent == 1 ? " message" : " messages") + " without calls";
        console.out()
                .println(calls + (calls == 1 ? " call, " : " calls, ") + wrong + " wrong" + without
                        + "; nothing was called");
        tools.forEach((tool, count) -> console.out().println("  " + count + "  " + SafeText.line(tool)));
    }
}
