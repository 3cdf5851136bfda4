package io.toolstream.worker;

import io.toolstream.worker.admission.Admission;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.parking.ParkingLot;
import io.toolstream.worker.reply.ReplyRouter;
import io.toolstream.worker.reply.Settlement;
import io.toolstream.worker.trace.CallTraces;

/**
 * Where a call passes through, in this order; measured at the end.
 *
 * @param mover for calls that belong to another partition
 * @param recollection for calls that are not admitted since their tool is not known yet
 * @param parking where a call may wait that nobody waits for
 * @param slots for the members of batches; a record that is one call has its place in flight already
 */
record Stations(
        MemberSlots slots,
        Mover mover,
        Cancellations cancellations,
        ReplyRouter router,
        Admission admission,
        Recollection recollection,
        Invoker invoker,
        ParkingLot parking,
        Settlement settlement,
        CallTraces traces,
        CallMeters meters) {}
