package io.toolstream.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes and crash histories as bytes: offsets as varints, relative to the committed one. */
final class TakeCodec {
    private TakeCodec() {}

    static void write(Take take, long base, ByteBuffer out) {
        out.putInt(take.holder());
        Varint.write(distance(base, take.limit()), out);
        Varint.write(take.alone() == Take.NOBODY ? 0 : distance(base, take.alone()) + 1, out);
    }

    static Take readTake(long base, ByteBuffer in) {
        int holder = in.getInt();
        long limit = Math.addExact(base, Varint.read(in));
        long alone = Varint.read(in);
        return new Take(holder, limit, alone == 0 ? Take.NOBODY : Math.addExact(base, alone - 1));
    }

    static void write(CrashHistory history, long base, ByteBuffer out) {
        Varint.write(distance(base, history.twiceEnd()), out);
        Varint.write(distance(base, history.onceEnd()), out);
        Varint.write(history.culprits().size(), out);
        for (Culprit culprit : history.culprits()) {
            Varint.write(distance(base, culprit.offset()), out);
            Varint.write(culprit.crashes(), out);
        }
    }

    static CrashHistory readHistory(long base, ByteBuffer in) {
        long twiceEnd = Math.addExact(base, Varint.read(in));
        long onceEnd = Math.addExact(base, Varint.read(in));
        List<Culprit> culprits = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            culprits.add(new Culprit(Math.addExact(base, Varint.read(in)), (int) Varint.read(in)));
        }
        return new CrashHistory(twiceEnd, onceEnd, culprits);
    }

    /** What lies before the base concerns nobody any more. */
    private static long distance(long base, long offset) {
        return Math.max(0, offset - base);
    }
}
