package io.toolstream.worker;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.limits.AttemptLimits;
import io.toolstream.worker.limits.CallLimitInvoker;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.limits.LaneInvoker;
import io.toolstream.worker.limits.LimitObserver;
import io.toolstream.worker.limits.LimitingInvoker;
import io.toolstream.worker.limits.RefusalLog;
import io.toolstream.worker.limits.ServerPermits;
import io.toolstream.worker.limits.WorkerSlots;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.meter.LimitMeters;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Where limits of calls and attempts are put around invokers.
 *
 * @param slots that all tool servers share
 */
record Limits(WorkerSlots slots, LimitMeters meters, Clockwork time) {
    static Limits of(WorkerSettings worker, Meters meters, Clockwork time) {
        return new Limits(new WorkerSlots(worker.maxInFlight(), worker.maxConcurrent()), LimitMeters.of(meters), time);
    }

    /** Of one endpoint. */
    OfEndpoint of(Endpoint endpoint) {
        return new OfEndpoint(endpoint.settings(), permits(endpoint), time);
    }

    /** What limits the attempts on one endpoint. */
    record OfEndpoint(McpSettings settings, ServerPermits permits, Clockwork time) {
        /** Around one attempt: a permit for it, or a wait for one, and then only so much time. */
        Invoker around(Invoker attempt) {
            Invoker limited = AttemptLimits.around(
                    attempt, settings.adaptive(), settings.timeouts().attempt(), time);
            return new LimitingInvoker(limited, permits);
        }
    }

    /** These are not called any more. */
    void forget(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            slots.unshare(endpoint.name());
            meters.forget(endpoint.name());
        }
    }

    /** Around all attempts of a call: an ordered one waits a while for its server, within the time that it has in all. */
    Invoker aroundCall(Invoker call, McpSettings settings) {
        Invoker waiting = new LaneInvoker(call, slots, time);
        return new CallLimitInvoker(waiting, settings.timeouts().call(), time.clock());
    }

    private ServerPermits permits(Endpoint endpoint) {
        String name = endpoint.name();
        LimitMeters.OfServer measured = meters.server(name);
        ServerPermits permits = new ServerPermits(
                name,
                endpoint.settings().concurrency(),
                endpoint.capacity(),
                slots,
                time,
                new RefusalLog(name, new News(measured), time.nanos()));
        measured.show("allowed", () -> permits.state().permits())
                .show("in_use", () -> permits.state().inUse())
                .show("waiting", () -> permits.state().waiting())
                .show("background", permits::forBackground);
        return permits;
    }

    /** What happens at a limit, for those who measure. */
    private record News(LimitMeters.OfServer measured) implements LimitObserver {
        @Override
        public void waited(Duration time) {
            measured.waited(time);
        }

        @Override
        public void refused(Reason reason) {
            measured.refused(reason.name().toLowerCase(Locale.ROOT));
        }
    }
}
