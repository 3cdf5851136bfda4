package io.toolstream.wire;

import io.toolstream.wire.CallScope.Membership;
import io.toolstream.wire.DecodedRecord.BatchClosing;
import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the calls of a record of several. Each member is read on its own, so a bad one does not harm the others; what is
 * wrong with the record around them refuses each of them, because each has somebody waiting for its reply.
 */
final class BatchReading {
    private static final int MAX_MEMBERS = 1_000;

    /** What a record of several calls says itself; everything else is said by its members. */
    private static final Set<String> OF_RECORD = Set.of(
            CallFields.ID,
            CallFields.CORRELATION_ID,
            CallFields.CALLS,
            CallFields.DEADLINE,
            CallFields.TIMEOUT_MS,
            CallFields.PRIORITY,
            CallFields.TENANT,
            CallFields.META);

    private final CallScope scope;
    private final Fields fields;
    private final Problems problems;

    BatchReading(CallScope scope, Fields fields, Problems problems) {
        this.scope = scope;
        this.fields = fields;
        this.problems = problems;
    }

    boolean isBatch() {
        return fields.has(CallFields.CALLS);
    }

    DecodedRecord read() {
        List<JsonValue> members = members();
        if (members.isEmpty()) {
            return new DecodedRecord(List.of(new CallReading(scope, fields, problems).read()), null);
        }
        FieldNames.check(fields, problems);
        checkPlaces();
        String id = CallReading.id(fields, scope.fallbackId());
        ReplyRoute route = RouteReading.ofRecord(scope.headers().reply(), fields, id, problems);
        BatchRest rest = rest(members.size());
        List<DecodedCall> calls = calls(id, members, rest);
        List<RawJson> raw = rest.left().stream()
                .map(index -> Fields.raw(members.get(index).span()))
                .toList();
        return new DecodedRecord(calls, new BatchClosing(id, members.size(), route, raw, rest));
    }

    private BatchRest rest(int size) {
        byte[] header = scope.record().headers().last(HeaderNames.REST).orElse(null);
        return header == null ? BatchRest.all(size) : BatchRestCodec.read(header, size, problems);
    }

    /** The members, or none where there is a problem with how many there are. */
    private List<JsonValue> members() {
        JsonValue calls = fields.array(CallFields.CALLS);
        if (calls == null) {
            return List.of();
        }
        List<JsonValue> members = JsonArray.elements(calls.span(), MAX_MEMBERS + 1);
        if (members == null) {
            throw new IllegalStateException("the record was read as well-formed, and its calls are not");
        }
        if (!members.isEmpty() && members.size() <= MAX_MEMBERS) {
            return members;
        }
        problems.add(
                ErrorCode.INVALID_VALUE,
                fields.pointerTo(CallFields.CALLS) + " has " + (members.isEmpty() ? "no" : "too many")
                        + " members, expected 1 to " + MAX_MEMBERS);
        return List.of();
    }

    /** Refuses what would be ignored here and means something in a member. */
    private void checkPlaces() {
        for (String name : fields.names()) {
            if (CallFields.ALL.contains(name) && !OF_RECORD.contains(name)) {
                problems.add(
                        ErrorCode.INVALID_VALUE,
                        fields.pointerTo(name) + " stands beside " + fields.pointerTo(CallFields.CALLS)
                                + ", expected in each member");
            }
        }
        if (scope.headers().call().idempotencyKey() != null) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "header \"" + HeaderNames.IDEMPOTENCY_KEY
                            + "\" would make all members the same call, expected as \"idempotencyKey\" in each member");
        }
    }

    private List<DecodedCall> calls(String id, List<JsonValue> members, BatchRest rest) {
        String tenant = CallReading.agreedTenant(scope.headers().call().tenant(), fields, problems);
        Priority priority = fields.word(CallFields.PRIORITY, Priority.values(), Priority::text);
        Long deadline = new DeadlineReading(scope.record(), scope.limits(), problems).ofFields(fields);
        List<DecodedCall> calls = new ArrayList<>(rest.left().size());
        for (int i : rest.left()) {
            BatchPosition position = new BatchPosition(id, i, members.size());
            calls.add(call(
                    new Membership(position, tenant, priority, deadline),
                    members.get(i).span()));
        }
        return calls;
    }

    private DecodedCall call(Membership membership, JsonSpan member) {
        String pointer =
                fields.pointerTo(CallFields.CALLS) + "/" + membership.position().index();
        Problems own = new Problems();
        own.add(problems.first());
        JsonObject object = JsonObject.read(member, CallPayload.ofCall(scope.limits()), pointer);
        return new CallReading(scope.ofMember(membership), new Fields(object, own), own).read();
    }
}
