package io.toolstream.cli.operate;

import io.toolstream.runtime.HangUp;
import io.toolstream.runtime.logging.Logging;
import io.toolstream.settings.LogSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import io.toolstream.worker.ReloadResult;
import io.toolstream.worker.ReloadResult.Applied;
import io.toolstream.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads settings and tool servers again, as they were read at the start, and hands them to whatever runs with them. Any
 * thread; one at a time.
 */
public final class Reload implements Supplier<ReloadResult> {
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final BiFunction<ToolstreamSettings, List<ServerEntry>, ReloadResult> running;
    private final Supplier<Loaded> source;
    private LogSettings logging; // guarded by this

    /** {@code running} takes them over, or says why not. */
    public Reload(
            BiFunction<ToolstreamSettings, List<ServerEntry>, ReloadResult> running,
            Supplier<Loaded> source,
            LogSettings logging) {
        this.running = running;
        this.source = source;
        this.logging = logging;
    }

    /** From now on SIGHUP and {@code POST /reload} of this worker's admin endpoint do this; closing ends the former. */
    public AutoCloseable listen(Worker worker) {
        worker.onReloadRequest(this);
        return HangUp.install(this::get);
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
        ReloadResult result = running.apply(loaded.settings().settings(), loaded.servers());
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
