package io.toolstream.worker.invoke;

/**
 * One place where a tool server is reached, for those who watch it.
 *
 * @param server the operator's name for the server
 * @param endpoint the same where the server has one endpoint only, else the name of this one
 */
public record EndpointId(String server, String endpoint) {
    @Override
    public String toString() {
        return endpoint;
    }
}
