package io.toolstream.cli.operate;

import io.toolstream.runtime.logging.Logging;
import io.toolstream.settings.LogSettings;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import io.toolstream.worker.ReloadResult;
import io.toolstream.worker.ReloadResult.Applied;
import io.toolstream.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads settings and tool servers again, as they were read at the start, and hands them to a running worker. Any thread; one
 * at a time.
 */
final class Reload implements Supplier<ReloadResult> {
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final Worker worker;
    private final Supplier<Loaded> source;
    private LogSettings logging; // guarded by this

    Reload(Worker worker, Supplier<Loaded> source, LogSettings logging) {
        this.worker = worker;
        this.source = source;
        this.logging = logging;
    }

    @Override
    public synchronized ReloadResult get() {
        Loaded loaded;
        try {
            loaded = source.get();
        } catch (SettingsException e) {
            List<String> problems = e.problems().stream().map(Problem::toString).toList();
            log.warn("new settings are wrong, the old ones hold: {}", String.join("; ", problems));
            return new ReloadResult.Invalid(problems);
        }
        ReloadResult result = worker.reload(loaded.settings().settings(), loaded.servers());
        return result instanceof Applied applied ? withLogging(applied, loaded) : result;
    }

    private Applied withLogging(Applied applied, Loaded loaded) {
        LogSettings wanted = loaded.settings().settings().log();
        if (wanted.equals(logging)) {
            return applied;
        }
        logging = wanted;
        Logging.configure(wanted);
        List<String> changes = new ArrayList<>(applied.changes());
        changes.add("log changed");
        return new Applied(changes);
    }
}
