package io.toolstream.worker.reply;

import io.toolstream.wire.Timings;
import io.toolstream.worker.invoke.Trail;

/** Where a call's time went, and what it met on its way. */
public record Course(Timings timings, Trail trail) {}
