/**
 * The worker: executes the calls of a topic on MCP tool servers. {@link io.toolstream.worker.Worker} is the composition root
 * and starts and ends everything; {@link io.toolstream.worker.Invokers} nests the stages of an invocation;
 * {@link io.toolstream.worker.CallHandler} takes one record from bytes to acknowledgement. Only this package knows all the
 * others.
 *
 * <p><b>Threads.</b> The poll thread hands a record over and does nothing else, whatever its size: decoding, checking
 * arguments against a schema and encoding the request run on {@code call-n}. The hop costs tens of microseconds at rest and
 * next to nothing under load, when {@code call-n} is awake anyway (all of the worker's own code takes 10 to 15 µs of CPU a
 * call at 50 in flight, with the hops or without); in return neither a 1 MiB value nor a hostile schema ever
 * keeps the consumer from polling. A tool server's answer arrives on {@code io-n} and hops to {@code call-n} at once, in the
 * innermost invoker: encoding a reply copies up to 1 MiB and compresses it perhaps, and an event loop that is busy with one
 * answer harms every connection it owns. Acknowledgements continue on the producer's thread, with small
 * work only. No thread is started per call, and everything that waits belongs to a record in flight, which the consumer
 * engine bounds by number and bytes; a {@code {"calls"}} record runs a few members at a time.
 *
 * <p><b>Tools that run once</b> are dispatched after winning a claim on a topic, see {@code effects}: at most once across
 * workers, crashes and zombies. An outcome that is unknown is answered {@code in_doubt}, never tried again.
 */
@NullMarked
package io.toolstream.worker;

import org.jspecify.annotations.NullMarked;
