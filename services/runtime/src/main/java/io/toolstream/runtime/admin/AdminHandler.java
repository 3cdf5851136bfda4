package io.toolstream.runtime.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Answers the requests of probes and scrapers. */
final class AdminHandler implements HttpHandler {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    private final HealthChecks health;
    private final Supplier<String> metrics;
    private final HostRule hosts;

    AdminHandler(HealthChecks health, Supplier<String> metrics, HostRule hosts) {
        this.health = health;
        this.metrics = metrics;
        this.hosts = hosts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (answer.status() == 405) {
                headers.set("Allow", "GET");
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) {
        List<String> host = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (!hosts.allows(host)) {
            return new Answer(421, TEXT_TYPE, "this host is not served here\n");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return new Answer(405, TEXT_TYPE, "only GET\n");
        }
        boolean verbose = String.valueOf(exchange.getRequestURI().getRawQuery()).startsWith("verbose");
        return switch (exchange.getRequestURI().getPath()) {
            case "/livez" -> Answer.of(health.liveness(), verbose);
            case "/readyz" -> Answer.of(health.readiness(), verbose);
            case "/startupz" -> Answer.of(health.startup(), verbose);
            case "/metrics" -> new Answer(200, METRICS_TYPE, metrics.get());
            default -> new Answer(404, TEXT_TYPE, "there are /livez /readyz /readyz?verbose /startupz /metrics\n");
        };
    }

    private record Answer(int status, String type, String text) {
        static Answer of(HealthReport report, boolean verbose) {
            return new Answer(report.isUp() ? 200 : 503, TEXT_TYPE, report.text(verbose));
        }
    }
}
