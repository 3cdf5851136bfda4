/**
 * Admission: whether a well-formed call is executed, and on which tool. Everything here happens before anything is
 * dispatched, so a refusal always means that nothing ran.
 *
 * <p>Names are resolved against the catalogue, never by splitting them: a server may be called {@code a__b}. Runs on {@code
 * call-n}; the rules are pure and never block.
 */
@NullMarked
package io.toolstream.worker.admission;

import org.jspecify.annotations.NullMarked;
