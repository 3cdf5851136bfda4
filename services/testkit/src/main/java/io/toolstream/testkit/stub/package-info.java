/**
 * A tool server that costs almost nothing: for benches, where the server must not be what is measured. One thread, no
 * garbage to speak of, answers built beforehand. {@link io.toolstream.testkit.stub.InstantStub} runs in this JVM, {@link
 * io.toolstream.testkit.stub.StubProcess} in one of its own.
 */
@NullMarked
package io.toolstream.testkit.stub;

import org.jspecify.annotations.NullMarked;
