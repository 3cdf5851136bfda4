package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.place.Effort;
import io.toolstream.bench.place.Efforts;
import io.toolstream.bench.place.LocalPart;
import io.toolstream.bench.place.PartProcess;
import io.toolstream.bench.place.PlacedPart;
import io.toolstream.bench.place.ProcessFigures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts started so far, each where the settings want it. Closes them in reverse order. For one thread. */
final class Parts implements AutoCloseable {
    private static final String LOGGING = "io/toolstream/bench/part-logback.xml";
    private static final int BROKER_HEAP_MIB = 384;
    private static final int STUB_HEAP_MIB = 64;

    private final Placement placement;
    private final Deque<Started> started = new ArrayDeque<>();

    Parts(Placement placement) {
        this.placement = placement;
    }

    PlacedPart start(PartKind kind, Map<String, String> settings) throws InterruptedException {
        PlacedPart part = place(kind, settings);
        started.push(new Started(kind, part));
        return part;
    }

    /** Of the process in which the part of this kind runs, after a collection. */
    ProcessFigures figures(PartKind kind) {
        return part(kind).figuresAfterCollection();
    }

    /** Lines that part logged within any one second, at most, since this was last asked. */
    int mostLinesInASecond(PartKind kind) {
        return part(kind).mostLinesInASecond();
    }

    private PlacedPart part(PartKind kind) {
        return started.stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow()
                .part();
    }

    /** What this process and those of the parts have taken so far; parts of one kind are one. */
    Efforts efforts() {
        ProcessFigures own = ProcessFigures.ofThisProcess();
        Map<String, Effort> efforts = new HashMap<>();
        efforts.put(Efforts.HERE, own.effort());
        for (Started each : started) {
            ProcessFigures part = each.part().figures();
            if (part.pid() != own.pid()) {
                efforts.merge(each.kind().name().toLowerCase(Locale.ROOT), part.effort(), Effort::plus);
            }
        }
        return new Efforts(efforts);
    }

    private PlacedPart place(PartKind kind, Map<String, String> settings) throws InterruptedException {
        try {
            return placement.inProcess()
                    ? new LocalPart(kind.start(settings))
                    : PartProcess.start(PartMain.class, kind.name(), jvmOptions(kind), settings);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("part " + kind + " did not start: " + e.getMessage(), e);
        }
    }

    private List<String> jvmOptions(PartKind kind) {
        return List.of("-Xmx" + heapMiB(kind) + "m", "-XX:+UseSerialGC", "-Dlogback.configurationFile=" + LOGGING);
    }

    private int heapMiB(PartKind kind) {
        return switch (kind) {
            case BROKER -> BROKER_HEAP_MIB;
            case STUB -> STUB_HEAP_MIB;
            case FLOOR, WORKER, PEER -> placement.workerHeapMiB();
        };
    }

    @Override
    public void close() {
        started.forEach(each -> each.part().close());
        started.clear();
    }

    private record Started(PartKind kind, PlacedPart part) {}
}
