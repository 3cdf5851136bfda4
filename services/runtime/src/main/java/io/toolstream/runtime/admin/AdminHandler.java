package io.toolstream.runtime.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.toolstream.runtime.meter.Scrape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of probes, scrapers and operators. */
final class AdminHandler implements HttpHandler {
    private static final String OWN = "/livez /readyz /readyz?verbose /startupz /metrics";
    private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

    private final HealthChecks health;
    private final Function<String, Scrape> metrics;
    private final AdminActions actions;
    private final HostRule hosts;

    AdminHandler(HealthChecks health, Function<String, Scrape> metrics, AdminActions actions, HostRule hosts) {
        this.health = health;
        this.metrics = metrics;
        this.actions = actions;
        this.hosts = hosts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            AdminAnswer answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (answer.status() == 405) {
                headers.set("Allow", method(exchange));
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private AdminAnswer answer(HttpExchange exchange) {
        List<String> host = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (!hosts.allows(host)) {
            return AdminAnswer.text(421, "this host is not served here\n");
        }
        String method = method(exchange);
        if (!exchange.getRequestMethod().equals(method)) {
            return AdminAnswer.text(405, "only " + method + "\n");
        }
        return actions.at(path(exchange)).map(action -> act(exchange, action)).orElseGet(() -> probe(exchange));
    }

    private static String path(HttpExchange exchange) {
        return exchange.getRequestURI().getPath();
    }

    /** The one method of this path. */
    private String method(HttpExchange exchange) {
        return actions.at(path(exchange)).map(AdminActions.Action::method).orElse("GET");
    }

    private static AdminAnswer act(HttpExchange exchange, AdminActions.Action action) {
        if (action.method().equals("POST") && !isOfAnOperatorHere(exchange)) {
            return AdminAnswer.text(403, "only from this machine, and not from a page in a browser\n");
        }
        try {
            return action.task()
                    .apply(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
        } catch (RuntimeException e) {
            log.error("{} met a bug", path(exchange), e);
            return AdminAnswer.text(500, "failed, see the log\n");
        }
    }

    /** Browsers say with every such request of which page it is. */
    private static boolean isOfAnOperatorHere(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                && !exchange.getRequestHeaders().containsKey("Origin");
    }

    private AdminAnswer probe(HttpExchange exchange) {
        boolean verbose = String.valueOf(exchange.getRequestURI().getRawQuery()).startsWith("verbose");
        return switch (path(exchange)) {
            case "/livez" -> answer(health.liveness(), verbose);
            case "/readyz" -> answer(health.readiness(), verbose);
            case "/startupz" -> answer(health.startup(), verbose);
            case "/metrics" -> metrics(exchange);
            default -> AdminAnswer.text(404, "there are " + OWN + " " + actions.names() + "\n");
        };
    }

    private AdminAnswer metrics(HttpExchange exchange) {
        List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        Scrape scrape = metrics.apply(String.join(",", accept));
        return new AdminAnswer(200, scrape.type(), scrape.text());
    }

    private static AdminAnswer answer(HealthReport report, boolean verbose) {
        return AdminAnswer.text(report.isUp() ? 200 : 503, report.text(verbose));
    }
}
