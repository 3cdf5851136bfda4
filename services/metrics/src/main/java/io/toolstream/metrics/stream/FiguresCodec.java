package io.toolstream.metrics.stream;

import io.toolstream.metrics.stream.Figures.Gauge;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.LatencySketch;
import io.toolstream.wire.StateFigures;
import io.toolstream.wire.StateFigures.Level;
import io.toolstream.wire.Status;
import java.util.List;

/**
 * Figures as bytes, between the steps and in their stores. A constant may be added at the end of an enum that is counted by:
 * what was written before is still read.
 */
final class FiguresCodec {
    private FiguresCodec() {}

    static void write(ByteOutput out, Figures figures) {
        boolean hasCalls = figures.calls().calls() > 0;
        out.flag(hasCalls);
        if (hasCalls) {
            writeCalls(out, figures.calls());
        }
        out.flag(!figures.gauges().isEmpty());
        if (!figures.gauges().isEmpty()) {
            writeState(out, figures);
        }
    }

    private static void writeCalls(ByteOutput out, CallFigures calls) {
        out.number(Status.values().length);
        for (Status status : Status.values()) {
            out.number(calls.of(status));
        }
        out.number(CallFigures.Count.values().length);
        for (CallFigures.Count count : CallFigures.Count.values()) {
            out.number(calls.of(count));
        }
        out.number(calls.codes().size());
        calls.codes().forEach((code, number) -> out.text(code).number(number));
        write(out, calls.queue());
        write(out, calls.execute());
        write(out, calls.total());
    }

    /** Bins as distances to the one before, which mostly need one byte. */
    private static void write(ByteOutput out, LatencySketch sketch) {
        out.number(sketch.sumMicros()).number(sketch.maxMicros()).number(sketch.bins());
        int before = -1;
        for (int i = 0; i < sketch.bins(); i++) {
            out.number(sketch.binAt(i) - before).number(sketch.countAt(i));
            before = sketch.binAt(i);
        }
    }

    private static void writeState(ByteOutput out, Figures figures) {
        out.number(StateFigures.Count.values().length);
        for (StateFigures.Count count : StateFigures.Count.values()) {
            out.number(figures.counts().of(count));
        }
        out.number(figures.gauges().size());
        figures.gauges().forEach((worker, gauge) -> {
            Level level = gauge.level();
            out.text(worker).number(gauge.timestampMillis());
            out.number(level.workers()).number(level.inFlight()).number(level.parked());
            out.number(level.oldestMillis()).number(level.breakersOpen());
        });
    }

    static Figures read(ByteInput in) {
        Figures figures = new Figures();
        readInto(figures, in);
        return figures;
    }

    /** Adds what is read. */
    static void readInto(Figures figures, ByteInput in) {
        if (in.flag()) {
            readCalls(in, figures.calls());
        }
        if (in.flag()) {
            readState(in, figures);
        }
    }

    private static void readCalls(ByteInput in, CallFigures calls) {
        for (Status status : known(in, Status.values())) {
            long number = in.number();
            if (number > 0) {
                calls.add(status, number);
            }
        }
        for (CallFigures.Count count : known(in, CallFigures.Count.values())) {
            calls.add(count, in.number());
        }
        int codes = in.integer();
        for (int i = 0; i < codes; i++) {
            calls.add(in.text(), in.number());
        }
        read(in, calls.queue());
        read(in, calls.execute());
        read(in, calls.total());
    }

    private static void read(ByteInput in, LatencySketch sketch) {
        sketch.note(in.number(), in.number());
        int bins = in.integer();
        int bin = -1;
        for (int i = 0; i < bins; i++) {
            bin += in.integer();
            sketch.addToBin(bin, in.number());
        }
    }

    private static void readState(ByteInput in, Figures figures) {
        for (StateFigures.Count count : known(in, StateFigures.Count.values())) {
            figures.counts().add(count, in.number());
        }
        int gauges = in.integer();
        for (int i = 0; i < gauges; i++) {
            String worker = in.text();
            long timestampMillis = in.number();
            Level level = new Level(in.number(), in.number(), in.number(), in.number(), in.number());
            figures.tell(worker, new Gauge(timestampMillis, level));
        }
    }

    /** Those that were there when it was written. */
    private static <E> List<E> known(ByteInput in, E[] values) {
        return List.of(values).subList(0, in.integer());
    }
}
