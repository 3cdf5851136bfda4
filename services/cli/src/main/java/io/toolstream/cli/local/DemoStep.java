package io.toolstream.cli.local;

import io.toolstream.client.ToolCall;
import io.toolstream.wire.Status;

/**
 * One kind of call that the demonstration makes.
 *
 * @param title what it shows, in a few words
 * @param command the call as somebody would type it
 * @param times how many of it are sent
 * @param atOnce how many of those are under way at a time: as one is answered, the next is sent
 * @param expected how each of them has to end
 */
record DemoStep(String title, String command, ToolCall call, int times, int atOnce, Status expected) {}
