package io.toolstream.client;

/** What a call is given before it leaves: its names, the key of its record, and a place in a trace. */
record CallMarks(CallIdentities identities, CallKeys keys, CallTracing tracing) {}
