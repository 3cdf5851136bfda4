package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds the fields of a call.
 *
 * @param fallbackId the call's id where it has none of its own
 * @param membership set for a member of a record of several calls
 */
record CallScope(
        InboundRecord record,
        CallHeaders headers,
        WireLimits limits,
        String fallbackId,
        @Nullable Membership membership) {
    /** Which member of a record a call is, and what that record's own fields say for all members. */
    record Membership(
            BatchPosition position,
            @Nullable String tenant,
            @Nullable Priority priority,
            @Nullable Long deadlineMillis) {}

    /** The scope of a member of this record. */
    CallScope ofMember(Membership member) {
        String id = fallbackId + "-" + member.position().index();
        return new CallScope(record, headers, limits, id, member);
    }
}
