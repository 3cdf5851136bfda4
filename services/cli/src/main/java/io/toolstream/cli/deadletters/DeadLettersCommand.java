package io.toolstream.cli.deadletters;

import picocli.CommandLine.Command;

/** Failed calls that were kept. */
@Command(
        name = "dead-letters",
        description = "List failed calls by cause, show them, send them again, put them aside.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LettersLs.class,
            LettersShow.class,
            LettersReplay.class,
            LettersReplays.class,
            LettersResolve.class
        })
public final class DeadLettersCommand {}
