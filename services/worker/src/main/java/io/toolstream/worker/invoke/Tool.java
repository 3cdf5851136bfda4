package io.toolstream.worker.invoke;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.settings.schema.ArgumentsSchema;

/**
 * One tool of one server, ready to be called.
 *
 * @param effect as decided for this worker, not merely as the server says
 * @param digest of the tool's whole definition, hex: changes whenever anything about the tool does
 * @param arguments what a call's arguments must satisfy
 * @param policy what the operator wants for its calls
 */
public record Tool(
        String server, String name, Effect effect, String digest, ArgumentsSchema arguments, ToolPolicy policy) {
    /** Whether a call whose fate is unknown may be run again. */
    public boolean isRepeatable() {
        return effect != Effect.ONCE;
    }

    /** Server and tool, for people to read. */
    public String title() {
        return server + "/" + name;
    }
}
