package io.toolstream.cli;

import io.toolstream.cli.broker.Pipeline;

/** What every command is given: the world it was called in, and the way to the pipeline. */
public record Session(Console console, Pipeline.Connector connector) {}
