package io.toolstream.runtime.meter;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory, collections, threads, processors and files of the process. Bound with the first scrape, not at start: the classes
 * behind them cost a start more than anything else here, and nobody has asked yet.
 */
final class JvmMeters implements AutoCloseable {
    private @Nullable JvmGcMetrics collections;
    private boolean isClosed;

    synchronized void bindOnce(MeterRegistry registry) {
        if (collections != null || isClosed) {
            return;
        }
        collections = new JvmGcMetrics();
        collections.bindTo(registry);
        processorTime(registry);
        List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** In seconds and under the name that Prometheus's own clients give it; Micrometer's counts nanoseconds. */
    private static void processorTime(MeterRegistry registry) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu.seconds", system, asked -> asked.getProcessCpuTime() / 1e9)
                    .description("Processor time that this process has used")
                    .register(registry);
        }
    }

    /** Lets go of the listener that counts collections. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (collections != null) {
            collections.close();
        }
    }
}
