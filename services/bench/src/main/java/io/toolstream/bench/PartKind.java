package io.toolstream.bench;

import io.toolstream.bench.contender.EchoPart;
import io.toolstream.bench.contender.PeerPart;
import io.toolstream.bench.contender.WorkerPart;
import io.toolstream.bench.place.Part;
import io.toolstream.bench.stub.SlowStubPart;
import io.toolstream.bench.stub.StubPart;
import java.io.IOException;
import java.util.Map;

/** The parts a bench is made of: the common ones, and the far side of each contender that has one. */
enum PartKind {
    BROKER,
    STUB,
    FLOOR,
    WORKER,
    PEER;

    /** Starts such a part in this process. Blocks until it can be used. */
    Part start(Map<String, String> settings) throws IOException, InterruptedException {
        return switch (this) {
            case BROKER -> BrokerPart.start(settings);
            case STUB ->
                settings.getOrDefault(SlowStubPart.TIME, "0").equals("0")
                        ? StubPart.start(settings)
                        : SlowStubPart.start(settings);
            case FLOOR -> EchoPart.start(settings);
            case WORKER -> WorkerPart.start(settings);
            case PEER -> PeerPart.start(settings);
        };
    }
}
