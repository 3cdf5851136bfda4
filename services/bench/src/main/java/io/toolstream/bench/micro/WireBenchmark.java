package io.toolstream.bench.micro;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CallEncoder;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.Header;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The four translations every call goes through: the client writes and the worker reads it, and back again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    private static final String SMALLEST = "{\"server\":\"stub-1\",\"tool\":\"echo\"}";

    private final CallDecoder decoder = new CallDecoder(WireLimits.DEFAULT);
    private final CallEncoder encoder = new CallEncoder();
    private final ReplyCodec replies = new ReplyCodec(WireLimits.DEFAULT);

    /** Size of the arguments, and of the result. */
    @Param({"256", "16384"})
    private int payloadBytes;

    private InboundRecord callRecord = record(SMALLEST, Headers.NONE);
    private InboundRecord replyRecord = record(SMALLEST, Headers.NONE);
    private Call call = decoded(callRecord);
    private Reply reply = reply(RawJson.EMPTY_OBJECT);

    @Setup
    public void prepare() {
        String payload = "{\"number\":1000000042,\"pad\":\"" + "x".repeat(payloadBytes - 32) + "\"}";
        callRecord = record(
                "{\"id\":\"3f0c2b1e-7c55-4f0e-9f0e-2b1e7c554f0e\",\"server\":\"stub-1\",\"tool\":\"echo\",\"arguments\":"
                        + payload + ",\"timeoutMs\":30000}",
                Headers.of(header("correlation-id", "bench-1000000042"), header("reply-partition", "3")));
        call = decoded(callRecord);
        reply = reply(RawJson.ofText(
                "{\"content\":[{\"type\":\"text\",\"text\":\"echo\"}],\"structuredContent\":" + payload + "}"));
        OutboundRecord encoded = replies.encode(reply, call.route());
        replyRecord = new InboundRecord(callRecord.position(), 0, encoded.key(), encoded.value(), encoded.headers());
    }

    @Benchmark
    public OutboundRecord encodeCall() {
        return encoder.encode(call);
    }

    @Benchmark
    public DecodedRecord decodeCall() {
        return decoder.decode(callRecord);
    }

    @Benchmark
    public OutboundRecord encodeReply() {
        return replies.encode(reply, call.route());
    }

    @Benchmark
    public DecodedReply decodeReply() {
        return replies.decode(replyRecord);
    }

    private Call decoded(InboundRecord record) {
        return ((DecodedCall.WellFormed) decoder.decode(record).calls().get(0)).call();
    }

    private static Reply reply(RawJson result) {
        return new Reply(
                new ReplyIdentity(
                        "3f0c2b1e-7c55-4f0e-9f0e-2b1e7c554f0e", "bench-1", "stub-1", "echo", null, null, null),
                Status.OK,
                result,
                null,
                1,
                new ServedBy("worker", "none", null),
                new Timings(1, 2, 3),
                true);
    }

    private static InboundRecord record(String json, Headers headers) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return new InboundRecord(new RecordPosition("calls", 3, 42), System.currentTimeMillis(), null, value, headers);
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
