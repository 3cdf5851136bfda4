package io.toolstream.wire;

import io.toolstream.wire.CallScope.Membership;
import io.toolstream.wire.DecodedCall.CallIdentity;
import io.toolstream.wire.json.Quoted;
import org.jspecify.annotations.Nullable;

/** Makes one call of its fields and what surrounds them; or, where there was a problem, what identity could be read. */
final class CallReading {
    private final CallScope scope;
    private final Fields fields;
    private final Problems problems;

    /** Reading begins with the problems found so far. */
    CallReading(CallScope scope, Fields fields, Problems problems) {
        this.scope = scope;
        this.fields = fields;
        this.problems = problems;
    }

    DecodedCall read() {
        FieldNames.check(fields, problems);
        checkIsNoRecord();
        String id = id(fields, scope.fallbackId());
        CallHeaders.ForReply reply = scope.headers().reply();
        ReplyRoute route = scope.membership() == null
                ? RouteReading.ofRecord(reply, fields, id, problems)
                : RouteReading.ofMember(reply, fields, id, problems);
        String server = fields.text(CallFields.SERVER, TextRule.NAME);
        String tool = fields.text(CallFields.TOOL, TextRule.NAME);
        RawJson arguments = ArgumentsReading.read(fields, scope.limits(), problems);
        CallContext context = context();
        CallOptions options = options();
        Refusal refusal = problems.first();
        if (refusal != null || tool == null) {
            Refusal known = refusal != null ? refusal : FieldNames.missingTool(fields);
            return new DecodedCall.Malformed(known, new CallIdentity(id, route, server, tool, context));
        }
        return new DecodedCall.WellFormed(new Call(id, new Target(server, tool), arguments, route, options, context));
    }

    /** Calls within a member would be ignored. */
    private void checkIsNoRecord() {
        if (scope.membership() != null && fields.has(CallFields.CALLS)) {
            problems.add(
                    ErrorCode.INVALID_VALUE,
                    fields.pointerTo(CallFields.CALLS) + " stands in a member, records of calls do not nest");
        }
    }

    static String id(Fields fields, String fallback) {
        String id = fields.text(CallFields.ID, TextRule.ID);
        return id == null ? fallback : id;
    }

    private CallContext context() {
        BatchPosition asked = BatchPositionJson.read(fields);
        return new CallContext(
                tenant(),
                fields.text(CallFields.TOOL_CALL_ID, TextRule.OPAQUE),
                fields.raw(CallFields.CONVERSATION),
                scope.membership() == null ? asked : scope.membership().position(),
                scope.headers().trace(),
                fields.rawObject(CallFields.META));
    }

    private @Nullable String tenant() {
        Membership member = scope.membership();
        String around = member == null ? null : member.tenant();
        return agreedTenant(around != null ? around : scope.headers().call().tenant(), fields, problems);
    }

    /** The tenant known so far, or the one these fields name; both must be the same. */
    static @Nullable String agreedTenant(@Nullable String known, Fields fields, Problems problems) {
        String named = fields.text(CallFields.TENANT, TextRule.NAME);
        if (known != null && named != null && !known.equals(named)) {
            problems.add(
                    ErrorCode.TENANT_MISMATCH,
                    fields.pointerTo(CallFields.TENANT) + " is " + Quoted.of(named) + ", expected " + Quoted.of(known)
                            + " as named around it");
        }
        return known == null ? named : known;
    }

    private CallOptions options() {
        CallHeaders.ForCall headers = scope.headers().call();
        Membership member = scope.membership();
        DeadlineReading deadlines = new DeadlineReading(scope.record(), scope.limits(), problems);
        Long inherited = member == null ? null : member.deadlineMillis();
        Long deadline = first(headers.deadlineMillis(), deadlines.ofFields(fields), inherited);
        CacheMode cache = fields.word(CallFields.CACHE, CacheMode.values(), CacheMode::text);
        return new CallOptions(
                deadlines.orDefault(deadline),
                priority(headers.priority(), member),
                cache == null ? CacheMode.USE : cache,
                Boolean.TRUE.equals(fields.bool(CallFields.PROGRESS)),
                first(headers.idempotencyKey(), fields.text(CallFields.IDEMPOTENCY_KEY, TextRule.KEY), null),
                first(headers.orderingKey(), fields.text(CallFields.ORDERING_KEY, TextRule.KEY), null),
                fields.rawObject(CallFields.INPUT_RESPONSES),
                fields.text(CallFields.REQUEST_STATE));
    }

    private Priority priority(@Nullable Priority fromHeader, @Nullable Membership member) {
        Priority own = fields.word(CallFields.PRIORITY, Priority.values(), Priority::text);
        Priority asked = first(fromHeader, own, member == null ? null : member.priority());
        return asked == null ? Priority.INTERACTIVE : asked;
    }

    /** The header wins over the call's own field, and that over what is said for all members. */
    private static <T> @Nullable T first(@Nullable T header, @Nullable T own, @Nullable T inherited) {
        return header != null ? header : own != null ? own : inherited;
    }
}
