package io.toolstream.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What a client does for tool servers and about their results beside calling them. Every server is told exactly what is
 * done for it, and a server that asks for more gets the answer that there is no such method.
 *
 * @param inputs answers what a server asks while it works on a call; null for nobody, as in a program without a user
 * @param tasks whether a tool may answer with a task (extension {@code io.modelcontextprotocol/tasks}), which is then
 *     polled to its end
 * @param results looks at each result
 */
public record ClientOffers(@Nullable InputResponder inputs, boolean tasks, ResultCheck results) {
    public static final ClientOffers NONE = new ClientOffers(null, false);

    /** Tools may answer with tasks; nobody is there to be asked. */
    public static final ClientOffers TASKS = new ClientOffers(null, true);

    public ClientOffers(@Nullable InputResponder inputs, boolean tasks) {
        this(inputs, tasks, ResultCheck.NONE);
    }

    public ClientOffers withResults(ResultCheck check) {
        return new ClientOffers(inputs, tasks, check);
    }
}
