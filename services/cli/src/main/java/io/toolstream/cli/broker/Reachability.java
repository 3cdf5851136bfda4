package io.toolstream.cli.broker;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks whether anything listens at a broker's address, before a Kafka client is loaded that would try for long and in many
 * words.
 */
public final class Reachability {
    private static final int TIMEOUT_MILLIS = 3_000;

    private Reachability() {}

    /** @throws CommandFailure where no address of the endpoint takes a connection */
    public static void require(Endpoint endpoint) {
        List<InetSocketAddress> addresses = addresses(endpoint);
        List<String> reasons = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(address, TIMEOUT_MILLIS / addresses.size());
                return;
            } catch (UnknownHostException e) {
                reasons.add("no host " + address.getHostString());
            } catch (IOException e) {
                reasons.add(e.getMessage());
            }
        }
        throw unreachable(endpoint, String.join("; ", reasons));
    }

    static CommandFailure unreachable(Endpoint endpoint, String reason) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "cannot reach Kafka at " + endpoint + ": " + reason
                        + "\n  'toolstream dev' starts one; --bootstrap HOST:PORT or TOOLSTREAM_BOOTSTRAP names another");
    }

    static CommandFailure withoutTopic(Endpoint endpoint, String topic) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "there is no topic " + topic + " at " + endpoint
                        + "\n  'toolstream topics create' makes the topics; topics.prefix in the settings says how their names begin");
    }

    private static List<InetSocketAddress> addresses(Endpoint endpoint) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String part : endpoint.bootstrapServers().split(",", -1)) {
            addresses.add(address(part.strip(), endpoint));
        }
        return addresses;
    }

    private static InetSocketAddress address(String text, Endpoint endpoint) {
        try {
            URI uri = new URI("kafka://" + text);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getAuthority().equals(text)) {
                String host = uri.getHost().replaceAll("[\\[\\]]", "");
                return new InetSocketAddress(host, uri.getPort());
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // said below, in words for a user
        }
        throw new CommandFailure(
                ExitCode.USAGE, "'" + text + "' (" + endpoint.origin() + ") is no broker address: HOST:PORT expected");
    }
}
