package io.toolstream.worker.mcp;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.Progress;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.worker.invoke.Updates;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what a tool server says during a call on to a {@code call-n} thread. Of reports that come faster than that thread
 * takes them, the last one is left.
 */
final class UpdatesListener implements CallListener {
    private static final Logger log = LoggerFactory.getLogger(UpdatesListener.class);

    private final Updates updates;
    private final Executor callThreads;
    private @Nullable Progress latest; // guarded by this

    private UpdatesListener(Updates updates, Executor callThreads) {
        this.updates = updates;
        this.callThreads = callThreads;
    }

    /** Where nobody wants to hear anything, the server is not even asked for it. */
    static CallListener of(Updates updates, Executor callThreads) {
        return updates == Updates.NONE ? CallListener.NONE : new UpdatesListener(updates, callThreads);
    }

    @Override
    public void onProgress(Progress progress) {
        if (keep(progress)) {
            hop(this::handOn);
        }
    }

    /** True if nobody is on the way to take it. */
    private synchronized boolean keep(Progress progress) {
        boolean isOnlyOne = latest == null;
        latest = progress;
        return isOnlyOne;
    }

    private synchronized @Nullable Progress take() {
        Progress taken = latest;
        latest = null;
        return taken;
    }

    private void handOn() {
        Progress progress = take();
        if (progress != null) {
            updates.progressed(new io.toolstream.wire.Progress(progress.done(), progress.total(), progress.message()));
        }
    }

    /** The handle stays here: it may be as good as a password. */
    @Override
    public void onTask(TaskHandle task) {
        hop(updates::becameTask);
    }

    private void hop(Runnable task) {
        try {
            callThreads.execute(task);
        } catch (RejectedExecutionException closing) {
            log.trace("closing");
        }
    }
}
