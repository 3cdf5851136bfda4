package io.toolstream.bench.stub;

import io.toolstream.bench.place.Part;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The stub as a part. Facts: {@code url.1} and on, {@code calls}, {@code accepted}, {@code mostOpen}. */
public final class StubPart implements Part {
    private final InstantStub stub;

    private StubPart(InstantStub stub) {
        this.stub = stub;
    }

    /** Settings: {@code ports}, the number of tool servers it is to be. */
    public static StubPart start(Map<String, String> settings) throws IOException {
        return new StubPart(InstantStub.start(Integer.parseInt(settings.getOrDefault("ports", "1"))));
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < stub.urls().size(); i++) {
            facts.put("url." + (i + 1), stub.urls().get(i).toString());
        }
        facts.put("calls", Long.toString(stub.calls()));
        facts.put("accepted", Long.toString(stub.accepted()));
        facts.put("mostOpen", Long.toString(stub.mostOpen()));
        return facts;
    }

    @Override
    public void close() {
        stub.close();
    }
}
